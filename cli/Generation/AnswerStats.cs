using System.Globalization;

namespace DaprMoE.Cli;

/// <summary>The line that <c>--stats</c> prints.</summary>
internal static class AnswerStats
{
    public static string Line(Answer answer) => string.Create(
        CultureInfo.InvariantCulture,
        $"[prompt {answer.Usage.PromptTokens} tokens, {Rate(answer.Timings.PromptPerSecond)}; "
            + $"first token after {answer.Timings.FirstTokenMs:0} ms; "
            + $"answer {answer.Usage.CompletionTokens} tokens, {Rate(answer.Timings.GenerationPerSecond)}; "
            + $"{answer.FinishReason}; seed {answer.Seed}]");

    private static string Rate(double? perSecond) =>
        perSecond is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate:0} tokens/s") : "too short to rate";
}
