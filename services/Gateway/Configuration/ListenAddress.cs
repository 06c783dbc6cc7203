using System.Net;

namespace DaprMoE.Gateway;

/// <summary>What an address to listen on means.</summary>
public static class ListenAddress
{
    /// <summary>Whether it is an address that the server can listen on: <c>http://HOST:PORT</c>.</summary>
    public static bool IsValid(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        try
        {
            BindingAddress parsed = BindingAddress.Parse(address);
            return parsed.Scheme == "http" && parsed.PathBase.Length == 0 && parsed.Port is >= 0 and <= IPEndPoint.MaxPort;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Whether other machines can reach it: it is not loopback.</summary>
    /// <param name="address">A valid address.</param>
    public static bool IsRemote(string address)
    {
        string host = BindingAddress.Parse(address).Host.Trim('[', ']');
        bool isLocalName = host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        return !isLocalName && !(IPAddress.TryParse(host, out IPAddress? ip) && IPAddress.IsLoopback(ip));
    }
}
