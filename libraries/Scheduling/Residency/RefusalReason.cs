namespace DaprMoE.Scheduling;

/// <summary>Why a call's wait ends without the experts, or a request is not followed; the closed set.</summary>
public enum RefusalReason
{
    /// <summary>Nothing is refused.</summary>
    None,

    /// <summary>The experts of one call are larger than the budget: work in waves, or give the device more memory.</summary>
    OverBudget,

    /// <summary>No memory is free for it, or pinned replicas leave too little.</summary>
    NoRoom,

    /// <summary>As many bytes are being loaded as warm-ups may have in flight.</summary>
    LoadBandwidth,

    /// <summary>As many calls wait as may wait.</summary>
    QueueFull,

    /// <summary>The wait's deadline passed.</summary>
    Deadline,

    /// <summary>An expert of the call could not be loaded.</summary>
    LoadFailed,

    /// <summary>The device is gone.</summary>
    DeviceLost,

    /// <summary>The model has no such expert.</summary>
    UnknownExpert,

    /// <summary>The replica is not on the device, or not warm.</summary>
    NotResident,

    /// <summary>The replica is draining.</summary>
    Draining,

    /// <summary>The replica is pinned.</summary>
    Pinned,

    /// <summary>The caller gave up waiting.</summary>
    Withdrawn,

    /// <summary>A plan of this version or a newer one is followed already.</summary>
    StalePlan,
}
