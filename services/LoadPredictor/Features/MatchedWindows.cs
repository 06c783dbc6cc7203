using System.Numerics.Tensors;

namespace DaprMoE.LoadPredictor;

/// <summary>
/// Reads the coming change of loads off the past: the expected change of the window to come is written as a sum of past windows' expected
/// changes, by ridge regression, and the same sum of their real changes is the answer. So a new mix of known topics is recognised as
/// such. A window is matched with earlier ones only, in training as when serving. All changes are against the smoothed past. Not safe for
/// several threads.
/// </summary>
/// <param name="first">The first window to match with; it has one before it.</param>
/// <param name="penalty">Penalty of the regression, in squared change; above 0. The larger, the more is taken for chance.</param>
internal sealed class MatchedWindows(int first, double penalty)
{
    /// <summary>Windows that the mean squared change is taken from.</summary>
    private const int LeastWindows = 8;

    /// <summary>Windows to match with when it begins; more come while it serves.</summary>
    private const int Most = 192;

    private readonly List<double[]> _factor = [];
    private readonly List<double[]> _products = [];

    public double Penalty => penalty;

    /// <summary>The first window to match with, so that those to come find enough and the oldest are not lost meanwhile.</summary>
    public static int FirstOf(LoadSeries series) => Math.Max(series.First + 1, series.Next - Most);

    /// <summary>Mean squared expected change of windows [from, to), which penalties are chosen by.</summary>
    public static double MeanSquaredChange(LoadSeries series, int from, int to) => Enumerable.Range(from, to - from)
        .Average(window => (double)TensorPrimitives.SumOfSquares<float>(ExpectedChange(series, window)));

    /// <summary>Fills the change that is read off for a window.</summary>
    /// <param name="series">The windows; a snapshot or the series that it was taken from, which number them alike.</param>
    /// <param name="window">The window, kept or to come.</param>
    /// <param name="changes">Receives changes of share x experts, [layers x experts]; 0 where there is nothing to match.</param>
    public void Match(LoadSeries series, int window, Span<float> changes)
    {
        changes.Clear();
        int count = window - first;
        if (count < LeastWindows || first <= series.First)
        {
            return;
        }

        GrowTo(series, count);
        double[] weights = Products(series, window, count);
        Solve(weights);
        float[] change = new float[changes.Length];
        for (int i = 0; i < count; i++)
        {
            TensorPrimitives.Subtract(series[first + i].Loads, series[first + i - 1].Smoothed, change);
            TensorPrimitives.MultiplyAdd(change, (float)weights[i], changes, changes);
        }
    }

    private static float[] ExpectedChange(LoadSeries series, int window)
    {
        float[] change = new float[series.Shape.Count];
        TensorPrimitives.Subtract(series[window].Expected, series[window - 1].ExpectedSmoothed, change);
        return change;
    }

    /// <summary>Products of a window's expected change with those of the first windows.</summary>
    private double[] Products(LoadSeries series, int window, int count)
    {
        float[] own = ExpectedChange(series, window);
        double[] products = new double[count];
        for (int i = 0; i < count; i++)
        {
            products[i] = TensorPrimitives.Dot<float>(own, ExpectedChange(series, first + i));
        }

        return products;
    }

    /// <summary>Adds rows to the Cholesky factor of the products and the penalty; those of earlier windows stay as they are.</summary>
    private void GrowTo(LoadSeries series, int count)
    {
        while (_products.Count < count)
        {
            _products.Add(Products(series, first + _products.Count, _products.Count + 1));
        }

        for (int i = _factor.Count; i < count; i++)
        {
            double[] row = new double[i + 1];
            for (int j = 0; j < i; j++)
            {
                row[j] = (_products[i][j] - TensorPrimitives.Dot<double>(row.AsSpan(0, j), _factor[j].AsSpan(0, j))) / _factor[j][j];
            }

            double rest = _products[i][i] + penalty - TensorPrimitives.Dot<double>(row.AsSpan(0, i), row.AsSpan(0, i));
            row[i] = Math.Sqrt(Math.Max(rest, penalty));
            _factor.Add(row);
        }
    }

    private void Solve(double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (values[i] - TensorPrimitives.Dot<double>(_factor[i].AsSpan(0, i), values.AsSpan(0, i))) / _factor[i][i];
        }

        for (int i = values.Length - 1; i >= 0; i--)
        {
            values[i] /= _factor[i][i];
            for (int k = 0; k < i; k++)
            {
                values[k] -= _factor[i][k] * values[i];
            }
        }
    }
}
