using System.Net;
using Microsoft.AspNetCore.Http;

namespace DaprMoE.Dashboard;

/// <summary>Who counts as sitting at this machine.</summary>
internal static class LocalViewer
{
    private static readonly string[] Forwarded = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"];

    /// <summary>
    /// Whether a request came over loopback, by a name of loopback, past no proxy. The name matters: a page of another site whose name
    /// resolves to 127.0.0.1 reaches this server from the viewer's own browser, but under that name.
    /// </summary>
    public static bool Is(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && IsLoopbackName(context.Request.Host.Host)
        && !Forwarded.Any(context.Request.Headers.ContainsKey);

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
