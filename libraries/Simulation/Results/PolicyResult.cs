namespace DaprMoE.Simulation;

/// <summary>What one policy reached in one cell.</summary>
public sealed record PolicyResult
{
    /// <summary>The policy.</summary>
    public required string Policy { get; init; }

    /// <summary>The split rule that divided its experts' tokens.</summary>
    public required string Split { get; init; }

    /// <summary>Layers run, over all iterations.</summary>
    public required long LayerIterations { get; init; }

    /// <summary>Time of an MoE layer: experts and all-to-all, and waiting for weights; s.</summary>
    public required LatencySummary Layer { get; init; }

    /// <summary>Mean of the least time that keeps every token at its experts, s.</summary>
    public required double LosslessBound { get; init; }

    /// <summary>Time until a request's first token, s; null without prompts.</summary>
    public required LatencySummary? FirstToken { get; init; }

    /// <summary>Time of each further token, s; null without decoding.</summary>
    public required LatencySummary? PerToken { get; init; }

    /// <summary>Simulated time of all iterations, waiting between them left out, s.</summary>
    public required double BusySeconds { get; init; }

    /// <summary>Simulated time of the run, s.</summary>
    public required double Seconds { get; init; }

    /// <summary>Replicas of a layer over experts, on average over layers and iterations.</summary>
    public required double CopiesPerExpert { get; init; }

    /// <summary>Mean over layers and iterations of the busiest device's tokens over the mean device's.</summary>
    public required double MaxOverMean { get; init; }

    /// <summary>Mean of the devices' coefficient of variation (tokens).</summary>
    public required double Cv { get; init; }

    /// <summary>Experts with tokens and no replica that was warm or about to be: loads that a layer waited for.</summary>
    public required long ColdStarts { get; init; }

    /// <summary>Weight copies made, cold starts among them, after deployment.</summary>
    public required long WeightCopies { get; init; }

    /// <summary>Replicas that in effect moved: of each expert the lesser of made and given up in one plan.</summary>
    public required long Migrations { get; init; }

    /// <summary>How often each reason was given for a plan, by name.</summary>
    public required IReadOnlyDictionary<string, long> Reasons { get; init; }

    /// <summary>The three meters.</summary>
    public required BillSummary Bill { get; init; }

    /// <summary>Layer times at the shares 0, 0.01, … 1, s.</summary>
    public required IReadOnlyList<double> LayerQuantiles { get; init; }
}
