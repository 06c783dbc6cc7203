using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>Answers of <c>/v1/chat/completions</c>.</summary>
internal sealed class ChatFormat : AnswerFormat
{
    public static readonly ChatFormat Instance = new();

    public override string IdPrefix => "chatcmpl-";

    public override string ObjectName => "chat.completion";

    public override string ChunkName => "chat.completion.chunk";

    public override bool HasOpening => true;

    public override void WriteOpening(Utf8JsonWriter json)
    {
        json.WriteStartObject("delta");
        json.WriteString("role", "assistant");
        json.WriteString("content", "");
        json.WriteEndObject();
    }

    public override void WriteDelta(Utf8JsonWriter json, string? text)
    {
        json.WriteStartObject("delta");
        if (text is not null)
        {
            json.WriteString("content", text);
        }

        json.WriteEndObject();
    }

    public override void WriteWhole(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", text);
        json.WriteNull("refusal");
        json.WriteEndObject();
    }
}
