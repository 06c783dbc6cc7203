using System.Text.Json.Serialization;
using DaprMoE.Inference;

namespace DaprMoE.Cli;

/// <summary>A finished answer, as <c>--json</c> prints it.</summary>
internal sealed record Answer
{
    public required string Model { get; init; }

    public required string Text { get; init; }

    /// <summary><c>stop</c>, <c>length</c> or <c>cancelled</c>.</summary>
    public required string FinishReason { get; init; }

    public required ulong Seed { get; init; }

    public required AnswerUsage Usage { get; init; }

    public required AnswerTimings Timings { get; init; }
}

/// <summary>Tokens of an answer.</summary>
internal sealed record AnswerUsage(int PromptTokens, int CompletionTokens, int TotalTokens);

/// <summary>Where the time of an answer went, and the rates that follow.</summary>
internal sealed record AnswerTimings(double FirstTokenMs, double PromptMs, double? PromptPerSecond, double GenerationMs, double? GenerationPerSecond)
{
    public static AnswerTimings Of(GenerationTimings timings, int promptTokens, int completionTokens) => new(
        Round((timings.Queued + timings.Prefill).TotalMilliseconds),
        Round(timings.Prefill.TotalMilliseconds),
        Rate(promptTokens, timings.Prefill),
        Round(timings.Decode.TotalMilliseconds),
        // The first token is the prompt's.
        Rate(completionTokens - 1, timings.Decode));

    private static double Round(double value) => Math.Round(value, 2);

    private static double? Rate(int tokens, TimeSpan time) =>
        tokens > 0 && time > TimeSpan.Zero ? Math.Round(tokens / time.TotalSeconds, 1) : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Answer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
