namespace DaprMoE.Models;

/// <summary>Grouped-query attention with rotary positions.</summary>
public sealed record AttentionDescription
{
    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads; query head i reads head i / (Heads / KvHeads).</summary>
    public required int KvHeads { get; init; }

    /// <summary>Values per head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Factor on the scores, mostly HeadSize^-0.5.</summary>
    public required float Scale { get; init; }

    /// <summary>Whether q, k, v and o have biases.</summary>
    public required bool Biases { get; init; }

    /// <summary>Whether each query and key head passes an RMS norm before the rotation.</summary>
    public required bool QueryKeyNorm { get; init; }

    /// <summary>The rotation.</summary>
    public required RopeDescription Rope { get; init; }
}
