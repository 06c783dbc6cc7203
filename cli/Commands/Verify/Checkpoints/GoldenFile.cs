using System.Text.Json;
using System.Text.Json.Serialization;

namespace DaprMoE.Cli;

/// <summary>What <c>golden.json</c> says of a checkpoint: prompts, and what comes of them.</summary>
internal sealed record GoldenFile
{
    public const string Name = "golden.json";

    /// <summary>Token ids of <c>p1</c>, <c>p17</c> and <c>p70</c>.</summary>
    public required IReadOnlyDictionary<string, int[]> Prompts { get; init; }

    /// <summary>The continuation of p17, token by token with a KV cache, not stopped at an end token.</summary>
    public required GoldenGreedy Greedy { get; init; }

    /// <summary>Prompts that give the same tokens together as alone.</summary>
    public required IReadOnlyList<GoldenSequence> Batch { get; init; }

    /// <summary>Layers with a gate.</summary>
    public IReadOnlyList<int> MoeLayers { get; init; } = [];

    /// <summary>Largest absolute error allowed, by kind of number.</summary>
    public required IReadOnlyDictionary<string, double> ToleranceMaxAbs { get; init; }

    public static GoldenFile Load(string folder)
    {
        string path = Path.Combine(folder, Name);
        try
        {
            using FileStream stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, GoldenJson.Default.GoldenFile) ?? throw new JsonException("it is null");
        }
        catch (JsonException exception)
        {
            throw CommandException.BadInput($"{path} does not describe golden values: {exception.Message}");
        }
    }

    public int[] Prompt(string name) => Prompts.TryGetValue(name, out int[]? tokens)
        ? tokens
        : throw CommandException.BadInput($"{Name} has no prompt {name}.");

    public double Tolerance(string kind) => ToleranceMaxAbs.TryGetValue(kind, out double tolerance)
        ? tolerance
        : throw CommandException.BadInput($"{Name} has no tolerance for {kind}.");
}

/// <summary>The tokens with the largest logits, step by step.</summary>
internal sealed record GoldenGreedy(int[] Tokens);

/// <summary>A prompt and its greedy tokens.</summary>
internal sealed record GoldenSequence(int[] Prompt, int[] Tokens);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GoldenFile))]
internal sealed partial class GoldenJson : JsonSerializerContext;
