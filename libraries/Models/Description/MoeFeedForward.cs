namespace DaprMoE.Models;

/// <summary>A gate and experts.</summary>
public sealed record MoeFeedForward : FeedForwardDescription
{
    /// <summary>Most experts that a token may go to: their rows are ordered on the stack when they are combined.</summary>
    public const int MaxTopK = 64;

    /// <summary>Experts E of the layer.</summary>
    public required int Experts { get; init; }

    /// <summary>Experts k that each token goes to, 1 to <see cref="MaxTopK"/>.</summary>
    public required int TopK { get; init; }

    /// <summary>Width of one expert.</summary>
    public required int FfnSize { get; init; }

    /// <summary>How gate logits become choices and combine weights.</summary>
    public required GateKind Gate { get; init; }
}
