using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>Server-sent events, each a JSON object, the last one <c>[DONE]</c> or an error.</summary>
internal sealed class EventStream : IDisposable
{
    private const string ContentType = "text/event-stream";

    private readonly PipeWriter _body;
    private readonly Utf8JsonWriter _json;

    private EventStream(HttpResponse response)
    {
        _body = response.BodyWriter;
        _json = new(_body, JsonText.Options);
    }

    /// <summary>
    /// Sets the headers that keep every proxy from holding events back, and sends them before the first event, so that a client
    /// knows that its request was taken while it waits.
    /// </summary>
    public static async ValueTask<EventStream> OpenAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.BodyWriter.FlushAsync(cancellationToken);
        return new(response);
    }

    /// <summary>Whether a response is an event stream.</summary>
    public static bool IsOpen(HttpResponse response) => response.ContentType == ContentType;

    /// <summary>Sends an error as the last event.</summary>
    public static async Task EndWithErrorAsync(HttpResponse response, ApiException error)
    {
        using EventStream stream = new(response);
        await stream.SendAsync(json => ErrorEnvelope.Write(json, error), response.HttpContext.RequestAborted);
    }

    /// <summary>Sends one event.</summary>
    public async ValueTask SendAsync(Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        _body.Write("data: "u8);
        _json.Reset();
        write(_json);
        _json.Flush();
        _body.Write("\n\n"u8);
        await _body.FlushAsync(cancellationToken);
    }

    /// <summary>Sends the end.</summary>
    public async ValueTask SendDoneAsync(CancellationToken cancellationToken)
    {
        _body.Write("data: [DONE]\n\n"u8);
        await _body.FlushAsync(cancellationToken);
    }

    public void Dispose() => _json.Dispose();
}
