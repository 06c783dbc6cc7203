using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>Answers of <c>/v1/completions</c>.</summary>
internal sealed class CompletionFormat : AnswerFormat
{
    public static readonly CompletionFormat Instance = new();

    public override string IdPrefix => "cmpl-";

    public override string ObjectName => "text_completion";

    public override string ChunkName => "text_completion";

    public override bool HasOpening => false;

    public override void WriteOpening(Utf8JsonWriter json) => WriteDelta(json, "");

    public override void WriteDelta(Utf8JsonWriter json, string? text) => json.WriteString("text", text ?? "");

    public override void WriteWhole(Utf8JsonWriter json, string text) => json.WriteString("text", text);
}
