using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DaprMoE.Dashboard;

/// <summary>What browsers are told, and which of their requests are refused.</summary>
internal static class PageProtection
{
    // MudBlazor writes its themes as style elements; everything else is a file of this server.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Guards the page and its connection: only pages of this server may open one.</summary>
    public static void Guard(EndpointBuilder endpoint)
    {
        RequestDelegate next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = context =>
        {
            if (!IsOwnOrigin(context.Request))
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return context.Response.WriteAsync("Pages of other sites may not connect to the dashboard.", context.RequestAborted);
            }

            IHeaderDictionary headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = "no-store";
            return next(context);
        };
    }

    // A proxy that ends TLS changes the scheme, so host and port alone are compared.
    private static bool IsOwnOrigin(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        return origin is null
            || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? from)
                && string.Equals(new HostString(from.Authority).Value, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
