namespace DaprMoE.Scheduling;

/// <summary>Options of policy <c>eplb</c>.</summary>
public sealed record EplbOptions
{
    /// <summary>Time between two plans, above 0. Default 10 minutes.</summary>
    public TimeSpan Interval { get; init; } = PolicyDefaults.EplbInterval;

    /// <summary>Newest load samples that a plan is made from, at least 1.</summary>
    public int HistorySamples { get; init; } = PolicyDefaults.EplbHistorySamples;

    /// <summary>Replicas of each layer; null = E + D·max(1, round(E / 2D)). Must be a multiple of the devices and at least E.</summary>
    public int? Slots { get; init; }

    /// <summary>Groups of experts that stay on one node, at least 1. Default 1 (global).</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Nodes that the devices are divided over, at least 1. Default 1.</summary>
    public int Nodes { get; init; } = 1;
}
