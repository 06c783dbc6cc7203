using System.Net;

namespace DaprMoE.DirectTransport;

/// <summary>Addresses of expert hosts as users list them: <c>127.0.0.1:7001</c>, <c>https://experts-0:7001</c>.</summary>
public static class HostAddress
{
    /// <summary>Reads a list that is separated by commas.</summary>
    /// <exception cref="FormatException">The list is empty, or an address is none; names it, and says what is allowed.</exception>
    public static IReadOnlyList<Uri> ParseList(string list)
    {
        ArgumentNullException.ThrowIfNull(list);
        Uri[] addresses = [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse)];
        return addresses.Length > 0
            ? addresses
            : throw new FormatException($"'{list}' lists no expert host; allowed: HOST:PORT, several separated by commas.");
    }

    /// <summary>Reads one address; without a scheme it is plaintext on loopback and TLS elsewhere.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Uri Parse(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        bool hasScheme = address.Contains("://", StringComparison.Ordinal);
        return Uri.TryCreate(hasScheme ? address : "http://" + address, UriKind.Absolute, out Uri? uri) && IsAddress(uri, address)
            ? hasScheme || IsLoopback(uri) ? uri : new UriBuilder(uri) { Scheme = Uri.UriSchemeHttps }.Uri
            : throw new FormatException(
                $"'{address}' is no address of an expert host; allowed: HOST:PORT, http://HOST:PORT or https://HOST:PORT.");
    }

    /// <summary>Whether only this machine is meant.</summary>
    public static bool IsLoopback(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));
    }

    private static bool IsAddress(Uri uri, string text) =>
        (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.AbsolutePath == "/" && uri.Query.Length == 0 && uri.UserInfo.Length == 0
        && text.EndsWith($":{uri.Port}", StringComparison.Ordinal);
}
