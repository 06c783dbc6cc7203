namespace DaprMoE.Scheduling;

/// <summary>One event of a device's residency. Made by the methods below; lists are read while the event is applied and not kept.</summary>
public readonly record struct ResidencyEvent
{
    /// <summary>What happens.</summary>
    public ResidencyEventKind Kind { get; private init; }

    /// <summary>The call, the requester, the load or the plan version.</summary>
    public long Id { get; private init; }

    /// <summary>The replica that the event is about.</summary>
    public ReplicaId Replica { get; private init; }

    /// <summary>The replicas that the event is about.</summary>
    public ReadOnlyMemory<ReplicaId> Replicas { get; private init; }

    /// <summary>Replicas that a plan gives up later.</summary>
    public ReadOnlyMemory<ReplicaId> Retained { get; private init; }

    /// <summary>A forecast, by expert.</summary>
    public ReadOnlyMemory<float> Chances { get; private init; }

    /// <summary>A deadline or a duration, in microseconds.</summary>
    public long TimeUs { get; private init; }

    /// <summary>Time passes: waits past their deadline end, idle replicas and free slots past their keep-alive go.</summary>
    public static ResidencyEvent Tick() => new() { Kind = ResidencyEventKind.Tick };

    /// <summary>A call needs replicas of one layer, all of them or none, and waits for them.</summary>
    /// <param name="call">The call; an id that no other call which waits or holds replicas has.</param>
    /// <param name="replicas">What it needs; repetitions count once.</param>
    /// <param name="deadlineUs">When the wait ends at the latest; a call whose deadline is not ahead is refused at once.</param>
    public static ResidencyEvent Want(long call, ReadOnlyMemory<ReplicaId> replicas, long deadlineUs) =>
        new() { Kind = ResidencyEventKind.Want, Id = call, Replicas = replicas, TimeUs = deadlineUs };

    /// <summary>A call takes replicas if all are warm now; it never waits and loads nothing.</summary>
    /// <param name="call">The call; an id that no other call which waits or holds replicas has.</param>
    /// <param name="replicas">What it needs.</param>
    public static ResidencyEvent Acquire(long call, ReadOnlyMemory<ReplicaId> replicas) =>
        new() { Kind = ResidencyEventKind.Acquire, Id = call, Replicas = replicas };

    /// <summary>A call gives back what it holds, or stops waiting. Without effect for a call that does neither.</summary>
    public static ResidencyEvent Release(long call) => new() { Kind = ResidencyEventKind.Release, Id = call };

    /// <summary>The fast loop asks for a replica, in free memory only.</summary>
    /// <param name="requester">Who asks, and may cancel.</param>
    /// <param name="replica">The replica.</param>
    public static ResidencyEvent PreWarm(long requester, ReplicaId replica) =>
        new() { Kind = ResidencyEventKind.PreWarm, Id = requester, Replica = replica };

    /// <summary>A load is done. Without effect for a load that is over.</summary>
    /// <param name="load">The load's number, from its <see cref="ResidencyEffectKind.StartLoad"/>.</param>
    /// <param name="replica">The replica.</param>
    public static ResidencyEvent Loaded(long load, ReplicaId replica) =>
        new() { Kind = ResidencyEventKind.Loaded, Id = load, Replica = replica };

    /// <summary>A load failed and writes no more. Without effect for a load that is over.</summary>
    /// <param name="load">The load's number, from its <see cref="ResidencyEffectKind.StartLoad"/>.</param>
    /// <param name="replica">The replica.</param>
    public static ResidencyEvent LoadFailed(long load, ReplicaId replica) =>
        new() { Kind = ResidencyEventKind.LoadFailed, Id = load, Replica = replica };

    /// <summary>
    /// The requester of a load needs it no longer. Without effect for others, while a call waits for it, and while a pin or the plan
    /// holds it.
    /// </summary>
    /// <param name="requester">Who asked for the load: the requester of the pre-warm, or a call. Their ids are one space.</param>
    /// <param name="replica">The replica.</param>
    public static ResidencyEvent Cancel(long requester, ReplicaId replica) =>
        new() { Kind = ResidencyEventKind.Cancel, Id = requester, Replica = replica };

    /// <summary>A replica on the device is to stay whatever comes, but for the loss of the device.</summary>
    public static ResidencyEvent Pin(ReplicaId replica) => new() { Kind = ResidencyEventKind.Pin, Replica = replica };

    /// <summary>A replica need not stay.</summary>
    public static ResidencyEvent Unpin(ReplicaId replica) => new() { Kind = ResidencyEventKind.Unpin, Replica = replica };

    /// <summary>
    /// A replica takes no new calls and goes when those that hold it have ended; one that is loading does so when it is loaded.
    /// </summary>
    public static ResidencyEvent Drain(ReplicaId replica) => new() { Kind = ResidencyEventKind.Drain, Replica = replica };

    /// <summary>
    /// A plan: the replicas that it holds here. Missing ones are loaded in this order as memory and bandwidth allow, at the cost of
    /// idle ones that it does not hold; those are not drained by the plan itself. One that pressure takes later, or that fails to load,
    /// comes back with a call or with the next plan.
    /// </summary>
    /// <param name="version">Above that of the plan that is followed, otherwise the plan is dropped.</param>
    /// <param name="replicas">The replicas of this device; repetitions count once.</param>
    /// <param name="keepAliveUs">Longest idle time of all other replicas, in microseconds, at least 0.</param>
    /// <param name="retained">
    /// Replicas of this device that the plan gives up as soon as others of their experts are warm, here or elsewhere: no keep-alive ends
    /// them meanwhile, however short, but pressure may. Whoever sends the plan drains them then; the next plan says anew what is retained.
    /// </param>
    public static ResidencyEvent Plan(
        long version, ReadOnlyMemory<ReplicaId> replicas, long keepAliveUs, ReadOnlyMemory<ReplicaId> retained = default) =>
        new() { Kind = ResidencyEventKind.Plan, Id = version, Replicas = replicas, TimeUs = keepAliveUs, Retained = retained };

    /// <summary>How likely each expert of a layer gets a token in the layer's next run; only the order of eviction depends on it.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="chances">By expert, 0 to 1. Without any forecast each expert counts as sure to be used.</param>
    public static ResidencyEvent Forecast(int layer, ReadOnlyMemory<float> chances) =>
        new() { Kind = ResidencyEventKind.Forecast, Id = layer, Chances = chances };

    /// <summary>All that is not pinned is to go, whether a plan holds it or not, and all free memory is given back.</summary>
    public static ResidencyEvent ScaleToZero() => new() { Kind = ResidencyEventKind.ScaleToZero };

    /// <summary>The device is gone for good; a new incarnation of it has a new state.</summary>
    public static ResidencyEvent DeviceLost() => new() { Kind = ResidencyEventKind.DeviceLost };
}
