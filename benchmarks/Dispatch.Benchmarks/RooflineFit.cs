using System.Diagnostics;
using System.Globalization;
using DaprMoE.Gateway;
using DaprMoE.Models;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch.Benchmarks;

/// <summary>
/// How well the time model that the probe fits at the start predicts the measured times of layers: a device's time is that of its experts, one
/// after the other, plus a constant.
/// </summary>
internal static class RooflineFit
{
    private const int Repetitions = 9;

    // Until the runtime has compiled the kernels for good, they are up to three times slower, and so is what the probe finds.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    private static readonly int[] Sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

    public static void Report(LocalEngine local, Func<double> clock)
    {
        if (Fitted(local, clock) is not { } time)
        {
            Console.WriteLine("| - | the probe found no time | - | - |");
            return;
        }

        List<double> errors = [];
        foreach (int tokens in Sizes)
        {
            using LayerInput input = new(local.Model, tokens);
            using DirectKernels kernels = new(local.Model, local.Workers, input);
            double predicted = Predicted(time, input);
            double[] measured = Measured(kernels, input, clock);
            double[] off = [.. measured.Select(seconds => Math.Abs((predicted / seconds) - 1))];
            errors.AddRange(off);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {tokens} | {predicted * 1e6:F0} us | {Pairs.Median(measured) * 1e6:F0} us | {Pairs.Median(off):P1} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| all | | | {Pairs.Median(errors):P1} |"));
    }

    private static TimeModel? Fitted(LocalEngine local, Func<double> clock)
    {
        using LayerInput input = new(local.Model, tokens: 512);
        using DirectKernels kernels = new(local.Model, local.Workers, input);
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < WarmUp)
        {
            kernels.Run(input.Layers[0]);
        }

        int[] experts = [.. local.Model.Description.Layers.Select(layer => layer is MoeFeedForward moe ? moe.Experts : 0)];
        return new ExpertTimeProbe(new SecondsClock(clock)).Measure(
            kernels, RoutingTable.Static(experts, devices: 1), input.Layers[0], input.Hidden);
    }

    private static double Predicted(in TimeModel time, LayerInput input)
    {
        double seconds = time.CallConstant;
        foreach (IGrouping<int, int> expert in input.Experts.ToArray().GroupBy(expert => expert))
        {
            seconds += time.Work(expert.Count());
        }

        return seconds;
    }

    /// <summary>Seconds of layers, one after the other, so that no layer's weights are in the caches.</summary>
    private static double[] Measured(DirectKernels kernels, LayerInput input, Func<double> clock)
    {
        foreach (int layer in input.Layers)
        {
            kernels.Run(layer);
        }

        return [.. Enumerable.Range(0, Repetitions).SelectMany(_ => input.Layers).Select(layer => Pairs.Time(kernels.Run, layer, clock))];
    }

    /// <summary>Timestamps from a function of seconds.</summary>
    private sealed class SecondsClock(Func<double> seconds) : TimeProvider
    {
        public override long TimestampFrequency => 1_000_000_000;

        public override long GetTimestamp() => (long)(seconds() * TimestampFrequency);
    }
}
