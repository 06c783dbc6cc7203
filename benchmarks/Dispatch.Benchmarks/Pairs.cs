using System.Diagnostics;
using System.Globalization;

namespace DaprMoE.Dispatch.Benchmarks;

/// <summary>
/// Times two ways to compute layers, call by call in turns. The weights come from memory: between two calls of the same layer all the other
/// layers are computed.
/// </summary>
/// <param name="layers">The layers.</param>
/// <param name="kernels">One way.</param>
/// <param name="dispatch">The other.</param>
/// <param name="clock">Seconds that count.</param>
internal sealed class Pairs(int[] layers, Action<int> kernels, Action<int> dispatch, Func<double> clock)
{
    /// <summary>Series of pairs, each with its own median.</summary>
    public const int Count = 15;

    private static readonly TimeSpan SeriesTime = TimeSpan.FromSeconds(1);

    /// <summary>A row of the table.</summary>
    public string Report(int tokens)
    {
        Series(new List<double>(), new List<double>());
        List<(double Kernels, double Dispatch, double Added)> series = [];
        (double fastestKernels, double fastestDispatch) = (double.MaxValue, double.MaxValue);
        for (int i = 0; i < Count; i++)
        {
            (List<double> direct, List<double> whole) = ([], []);
            Series(direct, whole);
            series.Add((Median(direct), Median(whole), Median(direct.Zip(whole, (a, b) => (b / a) - 1))));
            fastestKernels = Math.Min(fastestKernels, direct.Min());
            fastestDispatch = Math.Min(fastestDispatch, whole.Min());
        }

        double[] added = [.. series.Select(one => one.Added).Order()];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {tokens} | {Median(series.Select(one => one.Kernels)) * 1e6:F0} us | {Median(series.Select(one => one.Dispatch)) * 1e6:F0} us | "
            + $"{added[Count / 2]:P1} ({added[0]:P1} to {added[^1]:P1}) | {(fastestDispatch / fastestKernels) - 1:P1} |");
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>Seconds of one call.</summary>
    public static double Time(Action<int> work, int layer, Func<double> clock)
    {
        double start = clock();
        work(layer);
        return clock() - start;
    }

    private void Series(List<double> direct, List<double> whole)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < SeriesTime || direct.Count < layers.Length)
        {
            for (int i = 0; i < layers.Length; i++)
            {
                // The two walk half a model apart, so that neither finds weights in a cache that the other has just read.
                direct.Add(Time(kernels, layers[i], clock));
                whole.Add(Time(dispatch, layers[(i + (layers.Length / 2)) % layers.Length], clock));
            }
        }
    }
}
