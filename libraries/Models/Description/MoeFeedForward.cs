namespace DaprMoE.Models;

/// <summary>A gate and experts.</summary>
public sealed record MoeFeedForward : FeedForwardDescription
{
    /// <summary>Experts E of the layer.</summary>
    public required int Experts { get; init; }

    /// <summary>Experts k that each token goes to.</summary>
    public required int TopK { get; init; }

    /// <summary>Width of one expert.</summary>
    public required int FfnSize { get; init; }

    /// <summary>How gate logits become choices and combine weights.</summary>
    public required GateKind Gate { get; init; }
}
