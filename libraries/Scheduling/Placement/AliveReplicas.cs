namespace DaprMoE.Scheduling;

/// <summary>
/// The alive replicas by expert and index. Those on devices that are gone and of unknown experts do not count; of duplicates the first
/// does.
/// </summary>
internal sealed class AliveReplicas
{
    private PlannedReplica[] _sorted = [];
    private int[] _first = [];
    private int[] _count = [];

    public ReadOnlySpan<PlannedReplica> Of(int expert) => _sorted.AsSpan(_first[expert], _count[expert]);

    /// <summary>Where an expert's replicas begin in a list of all.</summary>
    public int FirstOf(int expert) => _first[expert];

    public void Sort(ReadOnlySpan<PlannedReplica> alive, int experts, int devices)
    {
        Grow.To(ref _sorted, alive.Length);
        Grow.To(ref _first, experts);
        Grow.To(ref _count, experts);
        Span<int> count = _count.AsSpan(0, experts);
        count.Clear();
        foreach (PlannedReplica replica in alive)
        {
            if (IsKnown(replica, experts, devices))
            {
                count[replica.Expert]++;
            }
        }

        int next = 0;
        for (int e = 0; e < experts; e++)
        {
            _first[e] = next;
            next += count[e];
            count[e] = 0;
        }

        foreach (PlannedReplica replica in alive)
        {
            if (IsKnown(replica, experts, devices))
            {
                Insert(replica, ref count[replica.Expert]);
            }
        }
    }

    private static bool IsKnown(PlannedReplica replica, int experts, int devices) =>
        (uint)replica.Expert < (uint)experts && (uint)replica.Device < (uint)devices && replica.Index >= 0;

    private void Insert(PlannedReplica replica, ref int count)
    {
        Span<PlannedReplica> sorted = _sorted.AsSpan(_first[replica.Expert], count + 1);
        int at = count;
        while (at > 0 && sorted[at - 1].Index > replica.Index)
        {
            at--;
        }

        if (at > 0 && sorted[at - 1].Index == replica.Index)
        {
            return;
        }

        sorted[at..count].CopyTo(sorted[(at + 1)..]);
        sorted[at] = replica;
        count++;
    }
}
