using DaprMoE.Predictors;

namespace DaprMoE.Cli;

/// <summary>The mean of several layers' measures.</summary>
internal static class MeasureMeans
{
    public static ForecastMeasures Of(IReadOnlyList<ForecastMeasures> layers)
    {
        double? Mean(Func<ForecastMeasures, double?> measure) => layers.Average(measure);
        return new ForecastMeasures(
            Mean(m => m.HitRate), Mean(m => m.PromptHitRate), Mean(m => m.DecodeHitRate), Mean(m => m.PrefillAccuracy),
            Mean(m => m.DecodeAccuracy), Mean(m => m.PrefillCorrelation), Mean(m => m.DecodeCorrelation));
    }
}
