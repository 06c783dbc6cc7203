using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>
/// What the engine's thread knows of the replicas of one layer, in buffers of its own that are filled anew when something changed.
/// </summary>
internal sealed class LayerView
{
    /// <summary>Bounds a device's call, whatever is told of the device: so many replicas for each expert of the layer.</summary>
    public const int MostPerExpert = 3;

    private readonly LayerReplicas _replicas;
    private readonly int[] _fresh;
    private readonly int[] _homes;
    private AliveDevices? _devices;
    private int _seen = -1;

    public LayerView(int experts, int devices, LayerReplicas replicas, LayerWishes wishes)
    {
        (Experts, Wishes, _replicas) = (experts, wishes, replicas);
        _fresh = new int[experts];
        _homes = new int[experts];
        Alive = new LayerPlan(experts, devices);
        Held = new LayerPlan(experts, devices);
        (HeldOn, MissingOn, WaitingOn, LoadingOn, AliveOn) =
            (new int[devices], new int[devices], new int[devices], new int[devices], new int[devices]);
    }

    /// <summary>Experts of the layer.</summary>
    public int Experts { get; }

    /// <summary>The warm-ups that are on their way.</summary>
    public LayerWishes Wishes { get; }

    /// <summary>The replicas that may be called now, by the gateway's devices.</summary>
    public LayerPlan Alive { get; }

    /// <summary>Those, the ones that load and those asked for, by the alive devices: what a policy goes out from.</summary>
    public LayerPlan Held { get; }

    /// <summary>Replicas of <see cref="Held"/> on each device.</summary>
    public int[] HeldOn { get; }

    /// <summary>Experts without a replica whose home each device is.</summary>
    public int[] MissingOn { get; }

    /// <summary>Replicas that each device was asked for and does not know of yet.</summary>
    public int[] WaitingOn { get; }

    /// <summary>Replicas that each device loads.</summary>
    public int[] LoadingOn { get; }

    private int[] AliveOn { get; }

    /// <summary>The device where an expert is loaded when nothing else is known.</summary>
    public int HomeOf(int expert) => _homes[expert];

    /// <summary>Takes other devices, or another plan whose homes these are.</summary>
    /// <param name="devices">The alive devices, at least one.</param>
    /// <param name="plan">The plan that is followed; null for static homes.</param>
    public void Settle(AliveDevices devices, LayerPlan? plan)
    {
        _devices = devices;
        _seen = -1;
        for (int expert = 0; expert < Experts; expert++)
        {
            _homes[expert] = PlannedHome(plan, expert) ?? devices.DeviceOf(StaticPlacement.DeviceOf(expert, Experts, devices.Count));
        }
    }

    /// <summary>Makes the next <see cref="Refresh"/> look again.</summary>
    public void Touch() => _seen = -1;

    /// <summary>A device was asked for another replica.</summary>
    public void Asked(int device)
    {
        WaitingOn[device]++;
        Touch();
    }

    /// <summary>Fills the buffers anew where something changed.</summary>
    public void Refresh(TimeSpan now)
    {
        if (_seen == _replicas.Version && !Wishes.IsOld(now))
        {
            return;
        }

        lock (_replicas.Gate)
        {
            _seen = _replicas.Version;
            Wishes.Settle(_replicas.All, now);
            Begin();
            foreach (LiveReplica live in _replicas.All)
            {
                Count(live);
            }

            foreach (LiveReplica live in _replicas.All)
            {
                Offer(live);
            }

            AddWishes();
        }

        Alive.Seal();
        Held.Seal();
        CountMissing();
    }

    private int? PlannedHome(LayerPlan? plan, int expert)
    {
        foreach (PlannedReplica replica in plan is null ? [] : plan.ReplicasOf(expert))
        {
            if (_devices!.NumberOf(replica.Device) >= 0)
            {
                return replica.Device;
            }
        }

        return null;
    }

    private void Begin()
    {
        Alive.Reset(Experts, HeldOn.Length);
        Held.Reset(Experts, _devices!.Count);
        Array.Clear(_fresh);
        Array.Clear(HeldOn);
        Array.Clear(MissingOn);
        Array.Clear(WaitingOn);
        Array.Clear(LoadingOn);
        Array.Clear(AliveOn);
    }

    private void Count(LiveReplica live)
    {
        if (live.State != ReplicaState.Draining && !live.IsRetired && Hold(live.Replica))
        {
            LoadingOn[live.Replica.Device] += live.State == ReplicaState.Loading ? 1 : 0;
            _fresh[live.Replica.Expert] += live.State == ReplicaState.Warm ? 1 : 0;
        }
    }

    private void Offer(LiveReplica live)
    {
        (int expert, int index, int device) = live.Replica;
        bool isOffered = live.State == ReplicaState.Warm && (!live.IsRetired || _fresh[expert] == 0) && _devices!.NumberOf(device) >= 0;
        if (isOffered && AliveOn[device] < MostPerExpert * Experts)
        {
            Alive.Add(expert, index, device);
            AliveOn[device]++;
        }
    }

    private void AddWishes()
    {
        for (int at = 0; at < Wishes.Count; at++)
        {
            PlannedReplica wish = Wishes[at];
            if (LayerWishes.StateOf(wish, _replicas.All) == ReplicaState.Absent && Hold(wish))
            {
                WaitingOn[wish.Device]++;
            }
        }
    }

    private bool Hold(PlannedReplica replica)
    {
        int number = _devices!.NumberOf(replica.Device);
        if (number < 0)
        {
            return false;
        }

        Held.Add(replica.Expert, replica.Index, number);
        HeldOn[replica.Device]++;
        return true;
    }

    private void CountMissing()
    {
        for (int expert = 0; expert < Experts; expert++)
        {
            if (Held.CountOf(expert) == 0)
            {
                MissingOn[_homes[expert]]++;
            }
        }
    }
}
