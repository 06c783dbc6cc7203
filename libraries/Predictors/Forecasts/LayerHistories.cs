using DaprMoE.Scheduling;

namespace DaprMoE.Predictors;

/// <summary>The loads of the last iterations in each MoE layer, and forecasts from them.</summary>
internal sealed class LayerHistories
{
    /// <summary>Iterations that a moving average is over.</summary>
    public const int Window = 8;

    private readonly MoeShape _shape;
    private readonly LoadHistory[] _histories;
    private readonly double[] _scratch;

    public LayerHistories(MoeShape shape)
    {
        _shape = shape;
        _histories = [.. shape.Layers.Select(layer => new LoadHistory(layer.Experts, Window))];
        _scratch = new double[shape.Layers.Max(layer => layer.Experts)];
    }

    public void Observe(int layer, ReadOnlySpan<int> loads)
    {
        int index = IndexOf(layer);
        Span<double> sample = _scratch.AsSpan(0, _shape.Layers[index].Experts);
        RequireLength(loads.Length, sample.Length, nameof(loads));
        for (int expert = 0; expert < sample.Length; expert++)
        {
            sample[expert] = loads[expert];
        }

        _histories[index].Add(sample);
    }

    /// <summary>The mean of the newest iterations, scaled to the rows of this one.</summary>
    public ForecastBasis Forecast(in ForecastInput input, int window, Span<float> loads)
    {
        int index = IndexOf(input.Layer);
        Span<double> total = _scratch.AsSpan(0, _shape.Layers[index].Experts);
        RequireLength(loads.Length, total.Length, nameof(loads));
        input.Choices.Fill(-1);
        _histories[index].Sum(window, total);
        double sum = 0;
        foreach (double load in total)
        {
            sum += load;
        }

        double tokens = (double)input.Rows * _shape.Layers[index].TopK;
        for (int expert = 0; expert < total.Length; expert++)
        {
            loads[expert] = (float)(sum > 0 ? tokens * total[expert] / sum : tokens / total.Length);
        }

        return sum > 0 ? window == 1 ? ForecastBasis.Last : ForecastBasis.MovingAverage : ForecastBasis.Even;
    }

    public int IndexOf(int layer)
    {
        int index = _shape.IndexOf(layer);
        return index >= 0 ? index : throw new ArgumentException($"Layer {layer} has no experts.", nameof(layer));
    }

    public static void RequireLength(int actual, int expected, string name)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"{name} has {actual} values; {expected} are wanted.", name);
        }
    }
}
