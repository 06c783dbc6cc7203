using System.Text.Json.Serialization;
using DaprMoE.Predictors;

namespace DaprMoE.Cli;

/// <summary>What was recorded, as <c>record --json</c> prints it.</summary>
internal sealed record RecordResult
{
    public required RecordedPromptsResult? Recording { get; init; }

    public required RecordedRoutingResult? Routing { get; init; }

    public void Print(TextWriter writer)
    {
        if (Recording is { } prompts)
        {
            writer.WriteLine(
                $"{prompts.File}: {prompts.Prompts} prompts, {Quantity.Tokens(prompts.PromptTokens)} of them and {prompts.DecodeTokens} of answers, "
                + Quantity.Bytes(prompts.Bytes));
        }

        if (Routing is { } routing)
        {
            string cut = routing.LeftOut > 0 ? $"; {routing.LeftOut} more did not fit --max-mib" : "";
            writer.WriteLine($"{routing.File}: {routing.Iterations} iterations, {Quantity.Bytes(routing.Bytes)}{cut}");
        }
    }
}

/// <summary>A recording to train from.</summary>
internal sealed record RecordedPromptsResult(string File, string Fingerprint, int Prompts, int PromptTokens, int DecodeTokens, long Bytes)
{
    public static RecordedPromptsResult Of(string path, Recording recording)
    {
        int prompt = recording.Prompts.Sum(entry => entry.PromptTokens);
        return new RecordedPromptsResult(
            path, recording.Shape.Fingerprint, recording.Prompts.Count, prompt, recording.Tokens - prompt, new FileInfo(path).Length);
    }
}

/// <summary>A recording to replay.</summary>
internal sealed record RecordedRoutingResult(string File, int Iterations, int LeftOut, IReadOnlyList<string> Predictors, long Bytes)
{
    public static RecordedRoutingResult? Of(string? path, RoutingRecording? routing)
    {
        if (path is null || routing is null)
        {
            return null;
        }

        routing.Writer.Dispose();
        return new RecordedRoutingResult(
            path, routing.Writer.Iterations, routing.Writer.LeftOut, [.. routing.Predictors.Select(predictor => predictor.Name)],
            new FileInfo(path).Length);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RecordResult))]
internal sealed partial class RecordJson : JsonSerializerContext;
