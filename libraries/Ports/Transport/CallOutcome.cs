namespace DaprMoE.Ports;

/// <summary>How a call ended. All but <see cref="Done"/> left no trace that matters: the call may be repeated on any device.</summary>
public enum CallOutcome
{
    /// <summary>Its rows are written.</summary>
    Done,

    /// <summary>The device is lost, or cannot be reached.</summary>
    DeviceLost,

    /// <summary>The device did not answer within the call's time.</summary>
    TimedOut,

    /// <summary>The device refuses it: an expert can't be loaded, pinned replicas leave no room, or it drains.</summary>
    Refused,

    /// <summary>The device follows another plan, or is another incarnation than the routing table knows.</summary>
    Stale,
}
