namespace DaprMoE.Scheduling;

/// <summary>What the owner of the memory has to do.</summary>
public enum ResidencyEffectKind
{
    /// <summary>Read the replica's weights into the slot; report <c>Loaded</c> or <c>LoadFailed</c> with the load's number.</summary>
    StartLoad,

    /// <summary>Stop the load. The slot may be written by another load next: its reads must be over before that one starts.</summary>
    CancelLoad,

    /// <summary>The replica's weights are no longer used; the slot keeps its pages.</summary>
    Free,

    /// <summary>Give the free slot's pages back to the system.</summary>
    ReturnSlot,

    /// <summary>The call holds all its replicas and runs.</summary>
    Admit,

    /// <summary>The call's wait is over; it holds nothing.</summary>
    Refuse,

    /// <summary>A pre-warm, pin, drain or plan is not followed for the replica.</summary>
    RefuseRequest,
}
