using System.Globalization;
using System.Numerics.Tensors;

namespace DaprMoE.LoadPredictor;

/// <summary>The mean of the newest windows; of one: <c>last</c>.</summary>
internal sealed class MeanOfLast(int windows) : ILoadCandidate
{
    /// <summary>Serves until enough windows have been seen.</summary>
    public static MeanOfLast Eight { get; } = new(8);

    public string Name { get; } = windows == 1 ? "last" : string.Create(CultureInfo.InvariantCulture, $"mean-of-{windows}");

    public void Forecast(LoadSeries series, int window, Span<float> loads)
    {
        loads.Clear();
        for (int past = Math.Max(series.First, window - windows); past < window; past++)
        {
            TensorPrimitives.Add(loads, series[past].Loads, loads);
        }

        LayerSums.Normalise(series.Shape, loads);
    }
}
