using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor.Benchmarks;

/// <summary>Load accuracy of all predictors on the same windows.</summary>
/// <param name="Last">The last window.</param>
/// <param name="MovingAverage">The mean of the last 4, as EPLB takes it.</param>
/// <param name="MeanOfEight">The mean of the last 8.</param>
/// <param name="Smoothing">Exponential smoothing, the best weight in hindsight.</param>
/// <param name="History">The regression without what is known of the window to come.</param>
/// <param name="Queue">The regression with it.</param>
/// <param name="TrueMix">The ceiling; NaN where there is none.</param>
internal sealed record Comparison(
    double Last, double MovingAverage, double MeanOfEight, double Smoothing, double History, double Queue, double TrueMix)
{
    /// <summary>The best that smoothing of any kind can do, known only afterwards.</summary>
    public double BestSmoother => new[] { MovingAverage, MeanOfEight, Smoothing }.Max();

    public double Gain => Queue - BestSmoother;

    public static Comparison Run(IReadOnlyList<LoadWindow> windows, int seed, double trueMix = double.NaN) => new(
        OnlineRun.Fixed(new MeanOfLast(1), windows),
        OnlineRun.Fixed(new MeanOfLast(4), windows),
        OnlineRun.Fixed(MeanOfLast.Eight, windows),
        LoadPredictor.Smoothing.Choices.Max(newest => OnlineRun.Fixed(new Smoothing(newest), windows)),
        OnlineRun.Regression(new FitSettings { Seed = seed, UseExpectations = false }, windows),
        OnlineRun.Regression(new FitSettings { Seed = seed }, windows),
        trueMix);
}
