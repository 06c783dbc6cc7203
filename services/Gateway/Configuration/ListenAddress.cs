using System.Net;

namespace DaprMoE.Gateway;

/// <summary>What an address to listen on means.</summary>
internal static class ListenAddress
{
    public static bool IsValid(string address)
    {
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

    /// <summary>Whether other machines can reach it.</summary>
    public static bool IsRemote(string address)
    {
        string host = BindingAddress.Parse(address).Host.Trim('[', ']');
        bool isLocalName = host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        return !isLocalName && !(IPAddress.TryParse(host, out IPAddress? ip) && IPAddress.IsLoopback(ip));
    }
}
