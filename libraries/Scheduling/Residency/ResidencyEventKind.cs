namespace DaprMoE.Scheduling;

/// <summary>What happens to a device's residency; <see cref="ResidencyEvent"/> says what each one carries.</summary>
public enum ResidencyEventKind
{
    /// <summary>Time passes.</summary>
    Tick,

    /// <summary>A call needs replicas and waits for them.</summary>
    Want,

    /// <summary>A call takes replicas that are warm, or nothing.</summary>
    Acquire,

    /// <summary>A call ends, or stops waiting.</summary>
    Release,

    /// <summary>A replica is expected to be needed.</summary>
    PreWarm,

    /// <summary>A load is done.</summary>
    Loaded,

    /// <summary>A load is over without weights.</summary>
    LoadFailed,

    /// <summary>A load is no longer needed by whom asked for it.</summary>
    Cancel,

    /// <summary>A replica is to stay.</summary>
    Pin,

    /// <summary>A replica need not stay.</summary>
    Unpin,

    /// <summary>A replica is to go when its calls have ended.</summary>
    Drain,

    /// <summary>A plan names the replicas that it holds on this device.</summary>
    Plan,

    /// <summary>The experts that a layer's next run is likely to use.</summary>
    Forecast,

    /// <summary>All memory is to be given back.</summary>
    ScaleToZero,

    /// <summary>The device is gone.</summary>
    DeviceLost,
}
