using System.Globalization;

namespace DaprMoE.Cli;

/// <summary>The line that <c>--stats</c> prints.</summary>
internal static class AnswerStats
{
    public static string Line(Answer answer) => string.Create(
        CultureInfo.InvariantCulture,
        $"[prompt {Quantity.Tokens(answer.Usage.PromptTokens)}, {Rate(answer.Timings.PromptPerSecond)}; "
            + $"first token after {answer.Timings.FirstTokenMs:0} ms; "
            + $"answer {Quantity.Tokens(answer.Usage.CompletionTokens)}, {Rate(answer.Timings.GenerationPerSecond)}; "
            + $"{answer.FinishReason}; seed {answer.Seed}]");

    private static string Rate(double? perSecond) =>
        perSecond is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate:0} tokens/s") : "too short to rate";
}
