namespace DaprMoE.Scheduling;

/// <summary>Why a replica changes its state; the closed set.</summary>
public enum ResidencyReason
{
    /// <summary>A call wants it: a cold start.</summary>
    Demand,

    /// <summary>The fast loop expects a call.</summary>
    PreWarm,

    /// <summary>The plan holds it.</summary>
    Plan,

    /// <summary>Its weights arrived.</summary>
    Loaded,

    /// <summary>A call took it.</summary>
    Acquired,

    /// <summary>The last call that held it ended.</summary>
    Released,

    /// <summary>Another replica needs its memory.</summary>
    Pressure,

    /// <summary>It was idle as long as may be.</summary>
    KeepAlive,

    /// <summary>It was told to drain.</summary>
    Drain,

    /// <summary>Its load was cancelled by whom had asked for it.</summary>
    Cancelled,

    /// <summary>Its load failed.</summary>
    LoadFailed,

    /// <summary>The device gives all memory back.</summary>
    ScaleToZero,

    /// <summary>The device is gone.</summary>
    DeviceLost,
}
