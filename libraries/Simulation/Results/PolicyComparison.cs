namespace DaprMoE.Simulation;

/// <summary>One policy over all seeds of a cell, beside static placement on the same meters.</summary>
public sealed record PolicyComparison
{
    /// <summary>The policy.</summary>
    public string Policy => Mean.Policy;

    /// <summary>Results of the seeds, averaged; counts are averages too, rounded.</summary>
    public required PolicyResult Mean { get; init; }

    /// <summary>Mean layer time over static's; null where that is 0.</summary>
    public required Ratio? Layer { get; init; }

    /// <summary>Time of all iterations over static's; null where that is 0.</summary>
    public required Ratio? Busy { get; init; }

    /// <summary>Active bill over static's; null where that is 0.</summary>
    public required Ratio? Active { get; init; }

    /// <summary>Residency bill over static's; null where that is 0.</summary>
    public required Ratio? Residency { get; init; }

    /// <summary>Money over static's; null where that is 0.</summary>
    public required Ratio? Money { get; init; }

    /// <summary>
    /// Share of the possible that was won: (static − this) / (static − lossless bound); null where static is at the bound.
    /// </summary>
    public required double? ShareOfPossible { get; init; }

    internal static PolicyComparison Of(IReadOnlyList<PolicyResult> seeds, IReadOnlyList<PolicyResult> statics)
    {
        PolicyResult mean = ResultMean.Of(seeds);
        double reference = statics.Average(seed => seed.Layer.Mean);
        double possible = reference - mean.LosslessBound;
        return new PolicyComparison
        {
            Mean = mean,
            Layer = Ratio.Of(seeds, statics, result => result.Layer.Mean),
            Busy = Ratio.Of(seeds, statics, result => result.BusySeconds),
            Active = Ratio.Of(seeds, statics, result => result.Bill.ActiveGbSeconds),
            Residency = Ratio.Of(seeds, statics, result => result.Bill.ResidencyGbSeconds),
            Money = Ratio.Of(seeds, statics, result => result.Bill.Money),
            ShareOfPossible = possible > 0 ? (reference - mean.Layer.Mean) / possible : null,
        };
    }
}
