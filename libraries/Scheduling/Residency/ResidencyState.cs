namespace DaprMoE.Scheduling;

/// <summary>
/// The residency of one device. It is one device's since budget, slots, waits and the order of eviction are; a host has one for each.
/// A mutable object that only <see cref="ResidencyRules.Apply"/> changes; its storage is reused, so that the steady state allocates
/// nothing. Reading it wakes no expert and resets no timer. Not safe for use by several threads at once.
/// </summary>
public sealed class ResidencyState
{
    private readonly long[] _slotSizes;
    private readonly int[] _sizeClasses;

    /// <param name="settings">Budget, layers and limits.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public ResidencyState(ResidencySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        Settings = settings;
        KeepAliveUs = settings.KeepAliveUs;
        long[] sizes = [.. settings.Layers.Select(layer => Align(layer, settings.PageBytes))];
        _slotSizes = [.. sizes.Where(size => size > 0).Distinct().Order()];
        _sizeClasses = [.. sizes.Select(size => Array.IndexOf(_slotSizes, size))];
        Arena = new SlotArena(settings.BudgetBytes, _slotSizes);
        Uses = new UseForecast(settings.Layers);
    }

    /// <summary>What it was made with.</summary>
    public ResidencySettings Settings { get; }

    /// <summary>Bytes of a slot, by size class, ascending.</summary>
    public IReadOnlyList<long> SlotSizes => _slotSizes;

    /// <summary>Bytes of the slots that hold replicas, loading ones included.</summary>
    public long ResidentBytes => Arena.OccupiedBytes;

    /// <summary>
    /// Bytes of the slots that have pages: those and the free ones kept for reuse, which belong to no replica and stand on no bill.
    /// Never above the budget.
    /// </summary>
    public long ReservedBytes => Arena.ReservedBytes;

    /// <summary>Bytes that are being loaded.</summary>
    public long LoadingBytes { get; internal set; }

    /// <summary>Calls that wait.</summary>
    public int WaitingCalls => Calls.Waiting.Count;

    /// <summary>Longest idle time of a replica that no plan holds, in microseconds.</summary>
    public long KeepAliveUs { get; internal set; }

    /// <summary>Version of the plan that is followed; null before the first.</summary>
    public long? PlanVersion => Plan.Version == long.MinValue ? null : Plan.Version;

    /// <summary>Whether the device is gone.</summary>
    public bool IsLost { get; internal set; }

    internal SlotArena Arena { get; }

    internal ResidentTable Residents { get; } = new();

    internal CallTable Calls { get; } = new();

    internal HeldPlan Plan { get; } = new();

    internal UseForecast Uses { get; }

    internal long LatestUs { get; set; } = long.MinValue;

    internal long Loads { get; set; }

    /// <summary>The state of a replica; absent also for one that the model has not.</summary>
    public ReplicaState StateOf(ReplicaId replica) =>
        Residents.TryGet(replica, out Resident? resident) ? resident.State : ReplicaState.Absent;

    /// <summary>
    /// Experts of a layer that one call can surely hold at a time: the budget without what is pinned, in slots; where nothing is left,
    /// the layer's pinned replicas. A call that needs more works in waves (<see cref="ExpertWaves"/>).
    /// </summary>
    public int SlotsFor(int layer)
    {
        long pinnedBytes = 0;
        int pinnedHere = 0;
        foreach (Resident resident in Residents.Pinned > 0 ? Residents.All : [])
        {
            pinnedBytes += resident.IsPinned ? resident.Bytes : 0;
            pinnedHere += resident.IsPinned && resident.Id.Expert.Layer == layer ? 1 : 0;
        }

        long slots = SlotBytes(layer) is > 0 and long bytes ? (Settings.BudgetBytes - pinnedBytes) / bytes : 0;
        return slots > 0 ? (int)Math.Min(int.MaxValue, slots) : pinnedHere;
    }

    /// <summary>The replicas that hold memory, by layer, expert and copy.</summary>
    public IReadOnlyList<ReplicaStatus> Replicas()
    {
        List<ReplicaStatus> all = [];
        foreach (Resident item in Residents.All)
        {
            all.Add(new(item.Id, item.State, item.Slot, item.Bytes, item.Calls, item.IsPinned, item.IsPlanned, item.IdleSinceUs));
        }

        return [.. all.OrderBy(item => (item.Replica.Expert.Layer, item.Replica.Expert.Expert, item.Replica.Index))];
    }

    /// <summary>The earliest time at which a tick would do something, in microseconds; null when only other events can.</summary>
    public long? NextTickUs()
    {
        long next = Calls.EarliestDeadlineUs;
        foreach (Resident resident in Residents.All)
        {
            if (resident.MayIdleOut)
            {
                next = Math.Min(next, After(resident.IdleSinceUs));
            }
        }

        next = Math.Min(next, Arena.LongestFreeSinceUs() is { } since ? After(since) : long.MaxValue);
        return next == long.MaxValue ? null : next;
    }

    internal bool Knows(ReplicaId replica) =>
        (uint)replica.Expert.Layer < (uint)Settings.Layers.Count
        && (uint)replica.Expert.Expert < (uint)Settings.Layers[replica.Expert.Layer].Experts
        && replica.Index >= 0;

    internal int SizeClass(ReplicaId replica) => _sizeClasses[replica.Expert.Layer];

    internal long SlotBytes(ReplicaId replica) => SlotBytes(replica.Expert.Layer);

    private static long Align(LayerExperts layer, int pageBytes) =>
        layer.Experts == 0 ? 0 : checked((layer.ExpertBytes + pageBytes - 1) / pageBytes * pageBytes);

    private long SlotBytes(int layer) => _sizeClasses[layer] >= 0 ? _slotSizes[_sizeClasses[layer]] : 0;

    private long After(long sinceUs) => sinceUs > long.MaxValue - KeepAliveUs ? long.MaxValue : sinceUs + KeepAliveUs;
}
