namespace DaprMoE.Scheduling;

/// <summary>Options of policy <c>moeless</c>.</summary>
public sealed record MoelessOptions
{
    /// <summary>Coefficient of variation at which the loads count as balanced (V), 0 or more. Default 0.2.</summary>
    public double Threshold { get; init; } = PolicyDefaults.MoelessThreshold;

    /// <summary>A straggler with this many tokens or fewer is not divided; null = the crossover of the time model, 0 = the paper.</summary>
    public double? MinTokens { get; init; }

    /// <summary>Most copies of a layer beyond one of each expert; null = floor(E / 2).</summary>
    public int? MaxExtra { get; init; }

    /// <summary>Most replicas of one expert; null = no limit.</summary>
    public int? MaxPerExpert { get; init; }

    /// <summary>Whether copies of one expert avoid each other's devices; the paper does not ask for it. Default false.</summary>
    public bool Spread { get; init; }

    /// <summary>Whether replicas that are alive keep their places, as in the paper. Default true.</summary>
    public bool WarmFirst { get; init; } = true;
}
