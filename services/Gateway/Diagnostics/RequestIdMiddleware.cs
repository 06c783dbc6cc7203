using System.Buffers;

namespace DaprMoE.Gateway;

/// <summary>Every request has an id, the caller's or a new one; it is in the answer's header and in the scope of the log.</summary>
internal sealed class RequestIdMiddleware(RequestDelegate next, IRandomSource random, ILogger<RequestIdMiddleware> logger)
{
    public const string Header = "x-request-id";

    private const int MaxLength = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/+=@");

    public async Task InvokeAsync(HttpContext context)
    {
        string given = context.Request.Headers[Header].ToString();
        context.TraceIdentifier = IsUsable(given) ? given : random.NextId("req-");
        context.Response.Headers[Header] = context.TraceIdentifier;
        using (logger.BeginScope(new KeyValuePair<string, object>[] { new("RequestId", context.TraceIdentifier) }))
        {
            await next(context);
        }
    }

    // What goes into logs and headers must not forge lines of either; ids that others make are of these characters.
    private static bool IsUsable(string id) => id.Length is > 0 and <= MaxLength && !id.AsSpan().ContainsAnyExcept(Allowed);
}
