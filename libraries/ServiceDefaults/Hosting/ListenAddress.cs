using System.Net;
using Microsoft.AspNetCore.Http;

namespace DaprMoE.ServiceDefaults;

/// <summary>An address to listen on: <c>http://HOST:PORT</c> or <c>https://HOST:PORT</c>, HOST an IP address, localhost or *.</summary>
/// <param name="Host">The host.</param>
/// <param name="Port">The port; 0 takes a free one.</param>
/// <param name="IsTls">Whether it is https.</param>
public readonly record struct ListenAddress(string Host, int Port, bool IsTls)
{
    /// <summary>Whether only this machine reaches it.</summary>
    public bool IsLoopback => IsLocalName || (IPAddress.TryParse(Host, out IPAddress? ip) && IPAddress.IsLoopback(ip));

    /// <summary>Whether it stands for both addresses of loopback.</summary>
    public bool IsLocalName => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an address; null when it is none.</summary>
    public static ListenAddress? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            BindingAddress address = BindingAddress.Parse(text);
            string host = address.Host.Trim('[', ']');
            bool isTls = address.Scheme == Uri.UriSchemeHttps;
            bool isAddress = (isTls || address.Scheme == Uri.UriSchemeHttp) && address.PathBase.Length == 0
                && address.Port is >= 0 and <= IPEndPoint.MaxPort
                && (host is "*" or "+" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out _));
            return isAddress ? new ListenAddress(host, address.Port, isTls) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
