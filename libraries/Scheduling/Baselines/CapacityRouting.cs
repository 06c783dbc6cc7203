namespace DaprMoE.Scheduling;

/// <summary>Outcome of the lossy capacity-aware baseline at the level of tokens.</summary>
/// <param name="Capacity">Most tokens of an expert; null for fewer than two tokens, where none is enforced.</param>
/// <param name="Assigned">Experts of each token, ascending.</param>
/// <param name="Loads">Tokens of each expert.</param>
/// <param name="Rerouted">Assignments outside the token's own top-k.</param>
/// <param name="TopK">Experts that each token wanted.</param>
public sealed record CapacityRouting(long? Capacity, int[][] Assigned, int[] Loads, int Rerouted, int TopK)
{
    /// <summary>Assignments that were kept.</summary>
    public int Kept => Loads.Sum();

    /// <summary>Assignments that no expert took: the loss.</summary>
    public int Dropped => (TopK * Assigned.Length) - Kept;

    /// <summary>Tokens without any expert.</summary>
    public int EmptyTokens => Assigned.Count(experts => experts.Length == 0);
}
