namespace DaprMoE.Cli;

/// <summary>What <c>bench</c> measured.</summary>
internal sealed record BenchResult
{
    public required string Model { get; init; }

    public required int Threads { get; init; }

    public required int VectorBits { get; init; }

    public required int PromptTokens { get; init; }

    public required double PromptTokensPerSecond { get; init; }

    public required ShareSeries PrefillShare { get; init; }

    public required double DecodeTokensPerSecond { get; init; }

    public required ShareSeries DecodeShare { get; init; }

    public required int Batch { get; init; }

    public required double BatchTokensPerSecond { get; init; }

    public required double TimeToFirstTokenMs { get; init; }

    public required double InterTokenP50Ms { get; init; }

    public required double InterTokenP99Ms { get; init; }

    public required double AllocatedBytesPerStep { get; init; }

    public required long PeakMemoryBytes { get; init; }

    public required long ExpertBytes { get; init; }
}
