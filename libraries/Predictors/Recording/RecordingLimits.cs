namespace DaprMoE.Predictors;

/// <summary>Bounds of what a recorder keeps.</summary>
public sealed record RecordingLimits
{
    /// <summary>Most prompts, 2 or more. Half of them are the newest, the others an even sample of all that came before.</summary>
    public int MaxPrompts { get; init; } = 256;

    /// <summary>Most tokens kept of one prompt and its answer, 1 or more.</summary>
    public int MaxTokensPerPrompt { get; init; } = 256;

    /// <summary>Most bytes of rows. The oldest of the sample make room.</summary>
    public long MaxBytes { get; init; } = 64L << 20;

    /// <summary>Most rows of one iteration.</summary>
    public int MaxRows { get; init; } = 512;
}
