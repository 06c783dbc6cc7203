using System.Text;
using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>Gathers answers and sends them in one JSON object.</summary>
internal sealed class WholeAnswer(AnswerHead head, AnswerFormat format, AnswerUsage usage)
{
    /// <summary>Waits for all answers and sends them.</summary>
    public async Task SendAsync(HttpResponse response, IAsyncEnumerable<AnswerEvent> events)
    {
        StringBuilder[] texts = [.. usage.Batch.Generations.Select(_ => new StringBuilder())];
        await foreach (AnswerEvent next in events)
        {
            texts[next.Index].Append(next.Piece.Text);
        }

        response.ContentType = "application/json";
        await using Utf8JsonWriter json = new(response.BodyWriter, JsonText.Options);
        Write(json, texts);
    }

    private void Write(Utf8JsonWriter json, StringBuilder[] texts)
    {
        json.WriteStartObject();
        head.Write(json, format.ObjectName);
        json.WriteStartArray("choices");
        for (int i = 0; i < texts.Length; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("index", i);
            format.WriteWhole(json, texts[i].ToString());
            json.WriteNull("logprobs");
            json.WriteString("finish_reason", AnswerFormat.Word(usage.Batch.Generations[i].Finish));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        usage.Write(json);
        usage.WriteTimings(json);
        json.WriteEndObject();
    }
}
