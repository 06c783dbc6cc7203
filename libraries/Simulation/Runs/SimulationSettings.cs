using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>One cell of a simulation: everything its results are a function of, but for the policy.</summary>
public sealed record SimulationSettings
{
    /// <summary>The box.</summary>
    public required Testbed Testbed { get; init; }

    /// <summary>The model's sizes.</summary>
    public required ModelShape Shape { get; init; }

    /// <summary>MoE layers that are simulated; fewer than the shape's cut the model and the box's memory in proportion.</summary>
    public required int Layers { get; init; }

    /// <summary>Name of a routing, or the path of a recording.</summary>
    public string Routing { get; init; } = "mix";

    /// <summary>
    /// The recording that <see cref="Routing"/> names, read already; the forecasts in it take the place of <see cref="ForecastAccuracy"/>.
    /// </summary>
    public ReplayedRouting? Recording { get; init; }

    /// <summary>Exponent of the experts' popularity.</summary>
    public double Zipf { get; init; } = 1.0;

    /// <summary>Topics of the routing.</summary>
    public int Topics { get; init; } = 8;

    /// <summary>Probability that a slot keeps its topic (routing <c>slots</c>).</summary>
    public double Rho { get; init; } = 0.9;

    /// <summary>Adjacent ranks swapped per layer, topic and iteration (routing <c>slots</c>).</summary>
    public int Drift { get; init; } = 1;

    /// <summary>The seed of all draws.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Sizes of the batches, where no requests arrive.</summary>
    public BatchSchedule Tokens { get; init; } = BatchSchedule.Parse("64");

    /// <summary>Requests that arrive; null = batches of <see cref="Tokens"/>.</summary>
    public IReadOnlyList<RequestArrival>? Arrivals { get; init; }

    /// <summary>How requests that arrive form batches.</summary>
    public Batching Batching { get; init; } = Batching.Continuous;

    /// <summary>Most tokens of an iteration (continuous batching).</summary>
    public int TokenBudget { get; init; } = 4096;

    /// <summary>Most sequences at a time (continuous batching).</summary>
    public int MaxRunning { get; init; } = 64;

    /// <summary>Most iterations.</summary>
    public int Iterations { get; init; } = 8;

    /// <summary>How a replica's time grows with its tokens.</summary>
    public TimeShape Time { get; init; } = TimeShape.Roofline;

    /// <summary>What the replicas of a device do to each other.</summary>
    public DeviceOverlap Overlap { get; init; } = DeviceOverlap.Device;

    /// <summary>Load accuracy of the forecasts, 0 to 1, where none were recorded.</summary>
    public double ForecastAccuracy { get; init; } = 0.8;

    /// <summary>Whether a weight copy takes the time of the host link; else it is there at once, as the papers have it.</summary>
    public bool CopiesTakeTime { get; init; } = true;

    /// <summary>Longest idle time of a replica that the plan no longer holds; zero frees it at once.</summary>
    public TimeSpan KeepAlive { get; init; }

    /// <summary>Iterations of a recording that are history: plans are made from them, the run begins after them.</summary>
    public int HistoryIterations => Math.Max(Policies.Eplb.HistorySamples, Policies.Auto.HistorySamples);

    /// <summary>Is told what happens to replicas, in order; null for nobody.</summary>
    internal Action<ResidencyTransition>? Watch { get; init; }

    /// <summary>Options of the policies.</summary>
    public PolicyOptions Policies { get; init; } = new();

    /// <summary>Split rules by policy, where not the policy's own.</summary>
    public IReadOnlyDictionary<string, string> Splits { get; init; } = new Dictionary<string, string>();
}
