using System.Numerics.Tensors;

namespace DaprMoE.LoadPredictor;

/// <summary>Each expert's changes against its smoothed value, window by window, scaled to length 1: products are correlations.</summary>
internal sealed class UnitChanges
{
    private readonly float[] _changes;
    private readonly int _windows;

    private UnitChanges(int experts, int windows)
    {
        _windows = windows;
        _changes = new float[experts * windows];
    }

    public ReadOnlySpan<float> Of(int expert) => _changes.AsSpan(expert * _windows, _windows);

    public static UnitChanges Of(LoadSeries series, int from, int to)
    {
        int first = Math.Max(from, series.First + 1);
        UnitChanges changes = new(series.Shape.Count, Math.Max(0, to - first));
        for (int window = first; window < to; window++)
        {
            float[] now = series[window].Loads;
            float[] before = series[window - 1].Smoothed;
            for (int expert = 0; expert < now.Length; expert++)
            {
                changes._changes[(expert * changes._windows) + window - first] = now[expert] - before[expert];
            }
        }

        for (int expert = 0; expert < series.Shape.Count; expert++)
        {
            Span<float> own = changes._changes.AsSpan(expert * changes._windows, changes._windows);
            float length = TensorPrimitives.Norm<float>(own);
            if (length > 0)
            {
                TensorPrimitives.Divide(own, length, own);
            }
        }

        return changes;
    }
}
