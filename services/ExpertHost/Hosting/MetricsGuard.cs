using DaprMoE.DirectTransport;
using Microsoft.AspNetCore.Connections;

namespace DaprMoE.ExpertHost;

/// <summary>
/// Where a secret is set, metrics on the addresses of gRPC want it too: those may be open to other machines. The probe addresses are made for
/// scrapers and want none.
/// </summary>
internal static class MetricsGuard
{
    private const string Path = "/metrics";

    /// <summary>Marks the connections of a probe address.</summary>
    public static void Exempt(IConnectionBuilder listener) => listener.Use(next => connection =>
    {
        connection.Features.Set(new ProbeConnection());
        return next(connection);
    });

    public static void Use(WebApplication app, SharedSecret secret) => app.Use((context, next) =>
    {
        bool isOpen = !context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase)
            || context.Features.Get<ProbeConnection>() is not null
            || secret.IsProvenBy(context.Request.Headers.Authorization);
        if (isOpen)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return context.Response.WriteAsync(
            "Metrics need the secret of this host as a bearer token; addresses of --probe-urls show them without.\n", context.RequestAborted);
    });

    private sealed class ProbeConnection;
}
