namespace DaprMoE.Predictors;

/// <summary>The mean of networks that differ in their seed only.</summary>
internal static class SeedMean
{
    public static MeasuredPredictor Of(IReadOnlyList<Candidate> networks)
    {
        double? Mean(Func<ForecastMeasures, double?> measure) => networks.Average(network => measure(network.Test));
        ForecastMeasures mean = new(
            Mean(m => m.HitRate), Mean(m => m.PromptHitRate), Mean(m => m.DecodeHitRate), Mean(m => m.PrefillAccuracy),
            Mean(m => m.DecodeAccuracy), Mean(m => m.PrefillCorrelation), Mean(m => m.DecodeCorrelation));
        double? spread = networks.Count > 1 ? networks.Max(n => n.Test.HitRate) - networks.Min(n => n.Test.HitRate) : null;
        return networks[0].Measured(isTuned: true) with { Measures = mean, Seeds = networks.Count, HitRateSpread = spread };
    }
}
