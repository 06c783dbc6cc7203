namespace DaprMoE.Scheduling;

/// <summary>
/// Reduces the wanted replicas until they fit: first the extra copy that would carry least, w/(R − 1), then, when no extras are left, the
/// experts with the least load; ties go to the highest index. So a needed base copy is never lost to an extra one.
/// </summary>
internal sealed class ReplicaTrimmer
{
    private readonly PriorityQueue<int, Rank> _extras = new();
    private readonly PriorityQueue<int, Rank> _bases = new();
    private readonly List<int> _trimmed = [];
    private readonly List<int> _unplaced = [];

    /// <summary>Experts that lost a copy, in order.</summary>
    public IReadOnlyList<int> Trimmed => _trimmed;

    /// <summary>Experts without a home, ascending.</summary>
    public IReadOnlyList<int> Unplaced => _unplaced;

    public void Trim(ReadOnlySpan<double> loads, Span<int> wanted, long slots)
    {
        _trimmed.Clear();
        _unplaced.Clear();
        long excess = -slots;
        foreach (int replicas in wanted)
        {
            excess += replicas;
        }

        if (excess > 0)
        {
            excess = TrimExtras(loads, wanted, excess);
            DropBases(loads, wanted, excess);
        }
    }

    private long TrimExtras(ReadOnlySpan<double> loads, Span<int> wanted, long excess)
    {
        _extras.Clear();
        for (int e = 0; e < wanted.Length; e++)
        {
            Offer(e, loads[e], wanted[e]);
        }

        for (; excess > 0 && _extras.TryDequeue(out int expert, out _); excess--)
        {
            wanted[expert]--;
            _trimmed.Add(expert);
            Offer(expert, loads[expert], wanted[expert]);
        }

        return excess;
    }

    private void Offer(int expert, double load, int replicas)
    {
        if (replicas >= 2)
        {
            _extras.Enqueue(expert, new Rank(load / (replicas - 1), expert));
        }
    }

    private void DropBases(ReadOnlySpan<double> loads, Span<int> wanted, long excess)
    {
        _bases.Clear();
        for (int e = 0; excess > 0 && e < wanted.Length; e++)
        {
            if (wanted[e] == 1)
            {
                _bases.Enqueue(e, new Rank(loads[e], e));
            }
        }

        for (; excess > 0 && _bases.TryDequeue(out int expert, out _); excess--)
        {
            wanted[expert] = 0;
            _unplaced.Add(expert);
        }

        _unplaced.Sort();
    }

    /// <summary>The least load first, of equal loads the highest expert.</summary>
    private readonly record struct Rank(double Load, int Expert) : IComparable<Rank>
    {
        public int CompareTo(Rank other)
        {
            int order = Load.CompareTo(other.Load);
            return order != 0 ? order : other.Expert.CompareTo(Expert);
        }
    }
}
