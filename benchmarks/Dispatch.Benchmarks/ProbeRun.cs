using System.Diagnostics;
using System.Globalization;
using DaprMoE.Gateway;
using DaprMoE.Models;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch.Benchmarks;

/// <summary>What the time probe of the start finds, and how long it takes.</summary>
internal static class ProbeRun
{
    public static void Report(LocalEngine local)
    {
        using LayerInput input = new(local.Model, tokens: 512);
        using DirectKernels kernels = new(local.Model, local.Workers, input);
        int[] experts = [.. local.Model.Description.Layers.Select(layer => layer is MoeFeedForward moe ? moe.Experts : 0)];
        long start = Stopwatch.GetTimestamp();
        TimeModel? found = new ExpertTimeProbe(TimeProvider.System).Measure(
            kernels, RoutingTable.Static(experts, devices: 1), input.Layers[0], input.Hidden);
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        Console.WriteLine(found is not { } time
            ? "| - | - | - | - | - |"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"| {took.TotalMilliseconds:F0} ms | {time.WeightSeconds * 1e6:F1} us | {time.SecondsPerToken * 1e6:F2} us | "
                + $"{time.CallSeconds * 1e6:F1} us | {time.Crossover:F1} tokens |"));
    }
}
