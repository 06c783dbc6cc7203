namespace DaprMoE.Scheduling;

/// <summary>Options of policy <c>auto</c>.</summary>
public sealed record AutoOptions
{
    /// <summary>Newest load samples that a plan is made from, at least 1.</summary>
    public int HistorySamples { get; init; } = PolicyDefaults.AutoHistorySamples;

    /// <summary>
    /// Least relative gain in layer time that a copy must bring, times E: 1 is break-even in money, smaller values prefer latency. 0 or
    /// more.
    /// </summary>
    public double Theta { get; init; } = PolicyDefaults.AutoTheta;

    /// <summary>Relative fall of the layer time below which a changed plan is not worth its copies. 0 or more.</summary>
    public double Hysteresis { get; init; } = PolicyDefaults.AutoHysteresis;

    /// <summary>Least time between two plans of a layer, 0 or more.</summary>
    public TimeSpan Interval { get; init; } = PolicyDefaults.AutoInterval;

    /// <summary>
    /// Largest residency bill, copies times layer time, relative to one copy of each expert: 1 = copies pay for themselves by shorter time.
    /// 0 or more; 0 buys no copies, a large number buys latency at any price.
    /// </summary>
    public double MaxResidency { get; init; } = PolicyDefaults.AutoMaxResidency;

    /// <summary>Most copies of a layer beyond one of each expert; null = floor(E / 2).</summary>
    public int? MaxExtra { get; init; }
}
