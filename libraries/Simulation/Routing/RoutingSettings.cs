namespace DaprMoE.Simulation;

/// <summary>What a routing is made from.</summary>
internal sealed record RoutingSettings
{
    /// <summary>MoE layers, 1 or more.</summary>
    public required int Layers { get; init; }

    /// <summary>Experts of a layer, 1 or more.</summary>
    public required int Experts { get; init; }

    /// <summary>Experts per token, 1 to <see cref="Experts"/>.</summary>
    public required int TopK { get; init; }

    /// <summary>The seed of all draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Exponent of the experts' popularity: 0 = all alike.</summary>
    public double Zipf { get; init; } = 1.0;

    /// <summary>Topics; each has a popularity order of its own.</summary>
    public int Topics { get; init; } = 8;

    /// <summary>Exponent of the topics' popularity (slots).</summary>
    public double TopicZipf { get; init; }

    /// <summary>Probability that a slot keeps its topic from one iteration to the next (slots).</summary>
    public double Rho { get; init; } = 0.9;

    /// <summary>Adjacent ranks swapped per layer, topic and iteration (slots).</summary>
    public int Drift { get; init; }

    /// <summary>The recording, where it is read already.</summary>
    public ReplayedRouting? Recording { get; init; }

    /// <summary>Iterations of a recording that are history: plans are made from them, the run begins after them.</summary>
    public int HistoryIterations { get; init; }
}
