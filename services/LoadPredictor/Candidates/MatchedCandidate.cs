using System.Numerics.Tensors;

namespace DaprMoE.LoadPredictor;

/// <summary>Smoothing, and the change that <see cref="MatchedWindows"/> reads off for the window to come.</summary>
internal sealed class MatchedCandidate(MatchedWindows matched) : ILoadCandidate
{
    public string Name => "matched";

    public void Forecast(LoadSeries series, int window, Span<float> loads)
    {
        matched.Match(series, window, loads);
        TensorPrimitives.Add(loads, series[window - 1].Smoothed, loads);
        LayerSums.Normalise(series.Shape, loads);
    }
}
