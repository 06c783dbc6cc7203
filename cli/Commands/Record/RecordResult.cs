using System.Text.Json.Serialization;
using DaprMoE.Predictors;

namespace DaprMoE.Cli;

/// <summary>What was recorded, as <c>record --json</c> prints it.</summary>
internal sealed record RecordResult(string File, string Fingerprint, int Prompts, int PromptTokens, int DecodeTokens, long Bytes)
{
    public static RecordResult Of(string path, Recording recording)
    {
        int prompt = recording.Prompts.Sum(entry => entry.PromptTokens);
        return new RecordResult(
            path, recording.Shape.Fingerprint, recording.Prompts.Count, prompt, recording.Tokens - prompt, new FileInfo(path).Length);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RecordResult))]
internal sealed partial class RecordJson : JsonSerializerContext;
