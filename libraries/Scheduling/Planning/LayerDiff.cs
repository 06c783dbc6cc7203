namespace DaprMoE.Scheduling;

/// <summary>What turns one plan of a layer into the next: the replicas to warm and those to evict. Reusable.</summary>
public sealed class LayerDiff
{
    private PlannedReplica[] _cold = [];
    private PlannedReplica[] _evicted = [];
    private int _coldCount;
    private int _evictedCount;

    /// <summary>Replicas that both plans hold on the same device.</summary>
    public int Warm { get; private set; }

    /// <summary>Sum over experts of min(cold, evicted): replicas that in effect move.</summary>
    public int Migrations { get; private set; }

    /// <summary>Replicas to load, by expert and index: the warm-up list.</summary>
    public ReadOnlySpan<PlannedReplica> Cold => _cold.AsSpan(0, _coldCount);

    /// <summary>Replicas that the next plan no longer holds, by expert and index.</summary>
    public ReadOnlySpan<PlannedReplica> Evicted => _evicted.AsSpan(0, _evictedCount);

    /// <summary>Compares two plans of the same layer.</summary>
    /// <param name="previous">What is held now; null when nothing is.</param>
    /// <param name="next">What is wanted.</param>
    public void Compute(LayerPlan? previous, LayerPlan next)
    {
        ArgumentNullException.ThrowIfNull(next);
        Warm = 0;
        Migrations = 0;
        _coldCount = 0;
        _evictedCount = 0;
        Grow.To(ref _cold, next.Count);
        Grow.To(ref _evicted, previous?.Count ?? 0);
        int experts = Math.Max(next.Experts, previous?.Experts ?? 0);
        for (int e = 0; e < experts; e++)
        {
            Compare(
                previous is not null && e < previous.Experts ? previous.ReplicasOf(e) : [],
                e < next.Experts ? next.ReplicasOf(e) : []);
        }
    }

    private void Compare(ReadOnlySpan<PlannedReplica> before, ReadOnlySpan<PlannedReplica> after)
    {
        int cold = _coldCount;
        int evicted = _evictedCount;
        int b = 0;
        foreach (PlannedReplica replica in after)
        {
            while (b < before.Length && before[b].Index < replica.Index)
            {
                _evicted[_evictedCount++] = before[b++];
            }

            if (b < before.Length && before[b] == replica)
            {
                Warm++;
                b++;
            }
            else
            {
                _cold[_coldCount++] = replica;
            }
        }

        before[b..].CopyTo(_evicted.AsSpan(_evictedCount));
        _evictedCount += before.Length - b;
        Migrations += Math.Min(_coldCount - cold, _evictedCount - evicted);
    }
}
