namespace DaprMoE.LoadPredictor;

/// <summary>
/// What regressions forecast: by how much a load differs from its smoothed past. So a model that has learned nothing is smoothing, and
/// trees can follow loads that no window of the past has had.
/// </summary>
internal static class Residual
{
    public static float Of(LoadSeries series, int window, int expert) => series[window].Loads[expert] - series[window - 1].Smoothed[expert];

    public static float ToLoad(LoadSeries series, int window, int expert, float residual) => series[window - 1].Smoothed[expert] + residual;
}
