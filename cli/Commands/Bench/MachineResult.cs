using System.Globalization;
using DaprMoE.Tensors;

namespace DaprMoE.Cli;

/// <summary>What a machine can do at most: medians of probes of 0.2 s.</summary>
/// <param name="Threads">Threads of the probes.</param>
/// <param name="VectorBits">Vector width.</param>
/// <param name="FlopsPerSecond">f32 fused multiply-adds, two operations each.</param>
/// <param name="BytesPerSecond">Bytes read from memory.</param>
internal sealed record MachineResult(int Threads, int VectorBits, double FlopsPerSecond, double BytesPerSecond)
{
    public static MachineResult Measure(BenchSettings settings)
    {
        using WorkerPool workers = new(settings.Threads);
        using MachineLimits limits = new(workers);
        return new MachineResult(
            settings.Threads, (int)VectorWidths.Best, Median(settings.Triples, limits.Flops), Median(settings.Triples, limits.Bandwidth));
    }

    public Table ToTable()
    {
        Table table = Table.OfFacts();
        table.Add("threads", Threads.ToString(CultureInfo.InvariantCulture));
        table.Add("vectors", $"{VectorBits} bits");
        table.Add("f32 FMA peak", string.Create(CultureInfo.InvariantCulture, $"{FlopsPerSecond / 1e9:0} GFLOP/s"));
        table.Add("read bandwidth", string.Create(CultureInfo.InvariantCulture, $"{BytesPerSecond / 1e9:0.0} GB/s"));
        return table;
    }

    private static double Median(int probes, Func<double> probe)
    {
        double[] values = [.. Enumerable.Range(0, probes).Select(_ => probe()).Order()];
        return values[probes / 2];
    }
}
