using System.Text.Json;
using DaprMoE.Inference;

namespace DaprMoE.Gateway;

/// <summary>Sends answers piece by piece.</summary>
internal sealed class StreamedAnswer(AnswerHead head, AnswerFormat format, AnswerUsage usage)
{
    /// <summary>Sends everything up to the end of the stream.</summary>
    /// <param name="response">Where to.</param>
    /// <param name="events">The pieces.</param>
    /// <param name="cancellationToken">The request has to end.</param>
    public async Task SendAsync(HttpResponse response, IAsyncEnumerable<AnswerEvent> events, CancellationToken cancellationToken)
    {
        using EventStream stream = await EventStream.OpenAsync(response, cancellationToken);
        await SendOpeningsAsync(stream, cancellationToken);
        int running = usage.Batch.Generations.Count;
        await foreach (AnswerEvent next in events)
        {
            if (next.Finish is not null)
            {
                running--;
                bool isLast = running == 0 && !usage.IsInStream;
                await stream.SendAsync(json => WriteChunk(json, next.Index, null, next.Finish, withTimings: isLast), cancellationToken);
            }
            else if (next.Piece.Text.Length > 0)
            {
                await stream.SendAsync(json => WriteChunk(json, next.Index, next.Piece.Text, null, withTimings: false), cancellationToken);
            }
        }

        if (usage.IsInStream)
        {
            await stream.SendAsync(WriteUsageChunk, cancellationToken);
        }

        await stream.SendDoneAsync(cancellationToken);
    }

    private async Task SendOpeningsAsync(EventStream stream, CancellationToken cancellationToken)
    {
        for (int i = 0; format.HasOpening && i < usage.Batch.Generations.Count; i++)
        {
            int index = i;
            await stream.SendAsync(json => WriteOpening(json, index), cancellationToken);
        }
    }

    private void WriteOpening(Utf8JsonWriter json, int index)
    {
        Begin(json, index);
        format.WriteOpening(json);
        End(json, null);
        json.WriteEndObject();
    }

    private void WriteChunk(Utf8JsonWriter json, int index, string? text, FinishReason? finish, bool withTimings)
    {
        Begin(json, index);
        format.WriteDelta(json, text);
        End(json, finish);
        if (withTimings)
        {
            usage.WriteTimings(json);
        }

        json.WriteEndObject();
    }

    private void Begin(Utf8JsonWriter json, int index)
    {
        json.WriteStartObject();
        head.Write(json, format.ChunkName);
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", index);
    }

    private void End(Utf8JsonWriter json, FinishReason? finish)
    {
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", AnswerFormat.Word(finish));
        json.WriteEndObject();
        json.WriteEndArray();
        if (usage.IsInStream)
        {
            json.WriteNull("usage");
        }
    }

    private void WriteUsageChunk(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        head.Write(json, format.ChunkName);
        json.WriteStartArray("choices");
        json.WriteEndArray();
        usage.Write(json);
        usage.WriteTimings(json);
        json.WriteEndObject();
    }
}
