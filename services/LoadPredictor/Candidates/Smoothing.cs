using System.Numerics.Tensors;

namespace DaprMoE.LoadPredictor;

/// <summary>Exponential smoothing: the smaller the weight of the newest window, the longer the memory.</summary>
internal sealed class Smoothing(float newest) : ILoadCandidate
{
    /// <summary>Weights that a fit chooses from.</summary>
    public static readonly float[] Choices = [0.1f, 0.2f, LoadSeries.Smoothing, 0.5f, 0.7f];

    /// <summary>
    /// Windows that are looked back to: what lies further has a weight below one part in a thousand at the longest memory.
    /// </summary>
    private const int Horizon = 64;

    public static Smoothing Default { get; } = new(LoadSeries.Smoothing);

    public string Name => "smoothing";

    public float Newest => newest;

    public void Forecast(LoadSeries series, int window, Span<float> loads)
    {
        int from = Math.Max(series.First, window - Horizon);
        if (from < window)
        {
            series[from].Loads.CopyTo(loads);
        }

        for (int past = from + 1; past < window; past++)
        {
            TensorPrimitives.Multiply(loads, 1 - newest, loads);
            TensorPrimitives.MultiplyAdd(series[past].Loads, newest, loads, loads);
        }

        LayerSums.Normalise(series.Shape, loads);
    }
}
