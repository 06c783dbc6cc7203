namespace DaprMoE.Scheduling;

/// <summary>
/// Which replicas a layer has and where. Filled by <see cref="Reset"/>, <see cref="Add"/> … and <see cref="Seal"/>; reusable, so that a
/// policy fills the same plan again and again without allocating. Readable once sealed.
/// </summary>
public sealed class LayerPlan
{
    private PlannedReplica[] _replicas = [];
    private PlannedReplica[] _unsorted = [];
    private int[] _first = [0];
    private int[] _perDevice = [];
    private int _count;

    /// <summary>An empty, sealed plan.</summary>
    /// <param name="experts">Experts of the layer, 0 or more.</param>
    /// <param name="devices">Devices, at least 1.</param>
    public LayerPlan(int experts, int devices)
    {
        Reset(experts, devices);
        Seal();
    }

    /// <summary>Experts of the layer.</summary>
    public int Experts { get; private set; }

    /// <summary>Devices, numbered from 0.</summary>
    public int Devices { get; private set; }

    /// <summary>Replicas.</summary>
    public int Count => _count;

    /// <summary>The replicas, by expert, then by index.</summary>
    public ReadOnlySpan<PlannedReplica> Replicas => _replicas.AsSpan(0, _count);

    /// <summary>Replicas of an expert; 0 when it has no home (a cold start on demand).</summary>
    public int CountOf(int expert) => _first[expert + 1] - _first[expert];

    /// <summary>Position in <see cref="Replicas"/> of an expert's first replica.</summary>
    public int FirstOf(int expert) => _first[expert];

    /// <summary>The replicas of an expert, by index.</summary>
    public ReadOnlySpan<PlannedReplica> ReplicasOf(int expert) => _replicas.AsSpan(_first[expert], CountOf(expert));

    /// <summary>Replicas on a device.</summary>
    public int CountOn(int device) => _perDevice[device];

    /// <summary>Empties the plan for a layer of this size.</summary>
    /// <param name="experts">Experts, 0 or more.</param>
    /// <param name="devices">Devices, at least 1.</param>
    public void Reset(int experts, int devices)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(experts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(devices);
        Experts = experts;
        Devices = devices;
        _count = 0;
        Grow.To(ref _first, experts + 1);
        Grow.To(ref _perDevice, devices);
    }

    /// <summary>Adds a replica, in any order.</summary>
    public void Add(int expert, int index, int device)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)expert, (uint)Experts, nameof(expert));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)device, (uint)Devices, nameof(device));
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (_count == _unsorted.Length)
        {
            Array.Resize(ref _unsorted, Math.Max(16, 2 * _count));
        }

        _unsorted[_count++] = new PlannedReplica(expert, index, device);
    }

    /// <summary>Sorts and counts what was added; the plan can be read from here on.</summary>
    public void Seal()
    {
        Grow.To(ref _replicas, _count);
        CountAll();
        SortByExpert();
        for (int e = 0; e < Experts; e++)
        {
            SortByIndex(_replicas.AsSpan(_first[e], CountOf(e)));
        }
    }

    /// <summary>Makes this plan equal to another.</summary>
    public void CopyFrom(LayerPlan other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Reset(other.Experts, other.Devices);
        foreach (PlannedReplica replica in other.Replicas)
        {
            Add(replica.Expert, replica.Index, replica.Device);
        }

        Seal();
    }

    /// <summary>Whether both plans have the same replicas on the same devices.</summary>
    public bool SameAs(LayerPlan other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Experts == other.Experts && Devices == other.Devices && Replicas.SequenceEqual(other.Replicas);
    }

    private void CountAll()
    {
        Span<int> first = _first.AsSpan(0, Experts + 1);
        Span<int> perDevice = _perDevice.AsSpan(0, Devices);
        first.Clear();
        perDevice.Clear();
        foreach (PlannedReplica replica in _unsorted.AsSpan(0, _count))
        {
            first[replica.Expert]++;
            perDevice[replica.Device]++;
        }
    }

    /// <summary>A counting sort: the counts become ends, and walking backwards turns the ends into starts.</summary>
    private void SortByExpert()
    {
        Span<int> first = _first.AsSpan(0, Experts + 1);
        for (int e = 1; e <= Experts; e++)
        {
            first[e] += first[e - 1];
        }

        for (int i = _count - 1; i >= 0; i--)
        {
            _replicas[--first[_unsorted[i].Expert]] = _unsorted[i];
        }
    }

    private static void SortByIndex(Span<PlannedReplica> replicas)
    {
        for (int i = 1; i < replicas.Length; i++)
        {
            PlannedReplica moving = replicas[i];
            int at = i;
            for (; at > 0 && replicas[at - 1].Index > moving.Index; at--)
            {
                replicas[at] = replicas[at - 1];
            }

            replicas[at] = moving;
        }
    }
}
