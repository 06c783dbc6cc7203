using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DaprMoE.ServiceDefaults;

/// <summary>The three probes. They read flags only: a probe never wakes or loads anything.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        string[] methods = ["GET", "HEAD"];
        endpoints.MapMethods("/livez", methods, context => WriteAsync(context, StatusCodes.Status200OK, WriteAlive));
        endpoints.MapMethods("/startupz", methods, AnswerStartupAsync);
        endpoints.MapMethods("/readyz", methods, AnswerReadyAsync);
    }

    private static Task AnswerStartupAsync(HttpContext context)
    {
        StartupState state = context.RequestServices.GetRequiredService<StartupState>();
        bool started = state.IsReady || state.IsStopping;
        int status = started ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return WriteAsync(context, status, json => WritePhase(json, state));
    }

    private static Task AnswerReadyAsync(HttpContext context)
    {
        StartupState state = context.RequestServices.GetRequiredService<StartupState>();
        if (!state.IsReady)
        {
            return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, json => WriteError(json, "not_ready", NotReady(state)));
        }

        return context.RequestServices.GetServices<IReadinessCheck>().Select(check => check.Fault).FirstOrDefault(f => f is not null) is { } fault
            ? WriteAsync(context, StatusCodes.Status503ServiceUnavailable, json => WriteError(json, "failed", "The service has failed: " + fault))
            : WriteAsync(context, StatusCodes.Status200OK, json => WritePhase(json, state));
    }

    private static void WriteAlive(Utf8JsonWriter json) => json.WriteString("status", "alive");

    private static void WritePhase(Utf8JsonWriter json, StartupState state)
    {
        json.WriteString("status", state.IsReady ? "ready" : "not ready");
        json.WriteString("phase", state.Phase);
        json.WriteNumber("elapsed_ms", Math.Round(state.Elapsed.TotalMilliseconds, 3));
    }

    private static string NotReady(StartupState state) => string.Create(
        CultureInfo.InvariantCulture, $"The service is not ready: {state.Phase}, {state.Elapsed.TotalSeconds:0.0} s since its start.");

    private static void WriteError(Utf8JsonWriter json, string code, string message)
    {
        json.WriteStartObject("error");
        json.WriteString("message", message);
        json.WriteString("type", "server_error");
        json.WriteNull("param");
        json.WriteString("code", code);
        json.WriteEndObject();
    }

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await using Utf8JsonWriter json = new(context.Response.BodyWriter);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    }
}
