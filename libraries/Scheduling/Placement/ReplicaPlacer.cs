namespace DaprMoE.Scheduling;

/// <summary>
/// MoEless Algorithm 2 with the capacities that the paper leaves out: trim what does not fit, keep what is warm, put the rest on the
/// least loaded device with room. Reusable; an instance belongs to one thread at a time and allocates nothing once its buffers have grown.
/// </summary>
public sealed class ReplicaPlacer
{
    private readonly ReplicaTrimmer _trimmer = new();
    private readonly AliveReplicas _alive = new();
    private readonly DeviceRoom _room = new();
    private int[] _wanted = [];
    private Share[] _order = [];
    private bool[] _kept = [];

    /// <summary>The experts that lost a copy for want of room, in order.</summary>
    public IReadOnlyList<int> Trimmed => _trimmer.Trimmed;

    /// <summary>The experts without a home, ascending: cold starts on demand.</summary>
    public IReadOnlyList<int> Unplaced => _trimmer.Unplaced;

    /// <summary>The load of each device under even shares, tokens.</summary>
    public ReadOnlySpan<double> DeviceLoads => _room.Loads;

    /// <summary>Places the wanted replicas.</summary>
    /// <param name="loads">Tokens of each expert.</param>
    /// <param name="replicas">Wanted replicas of each expert, 0 or more.</param>
    /// <param name="slots">Replicas of the layer that each device can hold.</param>
    /// <param name="alive">Replicas that are alive now, in any order.</param>
    /// <param name="spread">Whether copies of one expert avoid each other's devices while another has room.</param>
    /// <param name="plan">Receives the plan, sealed.</param>
    /// <exception cref="SchedulingException">Bad loads, counts or slots.</exception>
    public PlacementResult Place(
        ReadOnlySpan<double> loads,
        ReadOnlySpan<int> replicas,
        ReadOnlySpan<int> slots,
        ReadOnlySpan<PlannedReplica> alive,
        bool spread,
        LayerPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        CheckInput(loads, replicas, slots);
        int experts = loads.Length;
        Grow.To(ref _wanted, experts);
        replicas.CopyTo(_wanted);
        _room.Reset(slots);
        _trimmer.Trim(loads, _wanted.AsSpan(0, experts), _room.Total);
        _alive.Sort(alive, experts, slots.Length);
        Order(loads);
        Keep(experts, alive.Length);
        plan.Reset(experts, slots.Length);
        PlacementResult result = PlaceAll(experts, spread, plan);
        plan.Seal();
        return result;
    }

    /// <summary>Experts by share, largest first, of equal shares the lowest index; all copies of an expert have the same share.</summary>
    private void Order(ReadOnlySpan<double> loads)
    {
        Grow.To(ref _order, loads.Length);
        for (int e = 0; e < loads.Length; e++)
        {
            _order[e] = new Share(_wanted[e] > 0 ? loads[e] / _wanted[e] : 0, e);
        }

        _order.AsSpan(0, loads.Length).Sort();
    }

    /// <summary>
    /// Reserves the places of warm replicas before anything new is placed: the hottest experts first, of each the lowest indices.
    /// </summary>
    private void Keep(int experts, int aliveCount)
    {
        Grow.To(ref _kept, aliveCount);
        _kept.AsSpan(0, aliveCount).Clear();
        foreach ((_, int expert) in _order.AsSpan(0, experts))
        {
            int left = _wanted[expert];
            Span<bool> kept = KeptOf(expert);
            ReadOnlySpan<PlannedReplica> alive = _alive.Of(expert);
            for (int i = 0; i < alive.Length && left > 0; i++)
            {
                kept[i] = _room.TryReserve(alive[i].Device);
                left -= kept[i] ? 1 : 0;
            }
        }
    }

    private Span<bool> KeptOf(int expert) => _kept.AsSpan(_alive.FirstOf(expert), _alive.Of(expert).Length);

    private PlacementResult PlaceAll(int experts, bool spread, LayerPlan plan)
    {
        int warm = 0;
        int cold = 0;
        int evicted = 0;
        int migrations = 0;
        foreach (Share share in _order.AsSpan(0, experts))
        {
            int expert = share.Expert;
            int kept = PlaceKept(share, plan);
            int added = _wanted[expert] - kept;
            int lost = _alive.Of(expert).Length - kept;
            PlaceNew(share, added, spread, plan);
            warm += kept;
            cold += added;
            evicted += lost;
            migrations += Math.Min(added, lost);
        }

        return new PlacementResult(Unplaced.Count == 0, warm, cold, evicted, migrations);
    }

    private int PlaceKept(Share share, LayerPlan plan)
    {
        int count = 0;
        ReadOnlySpan<bool> kept = KeptOf(share.Expert);
        ReadOnlySpan<PlannedReplica> alive = _alive.Of(share.Expert);
        for (int i = 0; i < alive.Length; i++)
        {
            if (kept[i])
            {
                _room.PlaceReserved(alive[i].Device, share.Tokens, share.Expert);
                plan.Add(share.Expert, alive[i].Index, alive[i].Device);
                count++;
            }
        }

        return count;
    }

    /// <summary>New copies take the lowest indices that no alive replica of the expert has.</summary>
    private void PlaceNew(Share share, int count, bool spread, LayerPlan plan)
    {
        ReadOnlySpan<PlannedReplica> alive = _alive.Of(share.Expert);
        int index = 0;
        int used = 0;
        for (; count > 0; count--, index++)
        {
            for (; used < alive.Length && alive[used].Index == index; used++)
            {
                index++;
            }

            int device = _room.LeastLoaded(spread ? share.Expert : DeviceRoom.Nobody);
            _room.Place(device, share.Tokens, share.Expert);
            plan.Add(share.Expert, index, device);
        }
    }

    private static void CheckInput(ReadOnlySpan<double> loads, ReadOnlySpan<int> replicas, ReadOnlySpan<int> slots)
    {
        Check.Loads(loads);
        Check.Devices(slots.Length);
        Check.SameLength("replica counts", replicas.Length, "experts", loads.Length);
        long total = 0;
        for (int e = 0; e < replicas.Length; e++)
        {
            total += replicas[e];
            if (replicas[e] < 0)
            {
                throw Check.Error(SchedulingError.BadReplicas, $"Expert {e} wants {replicas[e]} replicas; give 0 or more.");
            }
        }

        long most = (long)ReplicaScaler.MostExtra + replicas.Length;
        if (total > most)
        {
            throw Check.Error(SchedulingError.BadReplicas, $"The layer wants {total} replicas; at most {most} can be placed.");
        }

        Check.Slots(slots);
    }
}
