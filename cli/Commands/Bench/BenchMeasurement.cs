using System.Diagnostics;
using DaprMoE.Tensors;

namespace DaprMoE.Cli;

/// <summary>Measures a model: series of triples for both shares, then the batch, memory and allocations.</summary>
internal sealed class BenchMeasurement(BenchRuns runs, BenchSettings settings, string model, Action<string> report)
{
    private readonly List<double> _prefills = [];
    private readonly List<double> _intervals = [];

    public BenchResult Measure()
    {
        using MachineLimits limits = new(runs.Workers);
        report("Warming up");
        WarmUp();
        report("Measuring the prompt");
        ShareSeries prefill = ShareSeries.Measure(settings.Triples, limits.Flops, RunPrefill);
        report("Measuring generation");
        ShareSeries decode = ShareSeries.Measure(settings.Triples, limits.Bandwidth, RunDecode);
        report("Measuring the batch");
        double[] intervals = Sorted(_intervals);
        double[] prefills = Sorted(_prefills);
        return new BenchResult
        {
            Model = model,
            Threads = settings.Threads,
            VectorBits = (int)VectorWidths.Best,
            PromptTokens = settings.Prompt,
            PromptTokensPerSecond = settings.Prompt / Quantile(prefills, 0.5),
            PrefillShare = prefill,
            DecodeTokensPerSecond = intervals.Length / intervals.Sum(),
            DecodeShare = decode,
            Batch = settings.Batch,
            BatchTokensPerSecond = runs.DecodeBatch(),
            TimeToFirstTokenMs = 1e3 * Quantile(prefills, 0.5),
            InterTokenP50Ms = 1e3 * Quantile(intervals, 0.5),
            InterTokenP99Ms = 1e3 * Quantile(intervals, 0.99),
            AllocatedBytesPerStep = runs.AllocatedPerStep(),
            PeakMemoryBytes = PeakMemory(),
            ExpertBytes = runs.Local.ResidentExpertBytes,
        };
    }

    /// <summary>The nearest rank of sorted values.</summary>
    internal static double Quantile(double[] sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];

    private static double[] Sorted(List<double> values) => [.. values.Order()];

    private static long PeakMemory()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    /// <summary>Compiles the code, brings the pages in and commits the KV cache.</summary>
    private void WarmUp()
    {
        runs.Prefill();
        runs.Decode();
        runs.DecodeBatch();
    }

    private double RunPrefill()
    {
        double seconds = runs.Prefill();
        _prefills.Add(seconds);
        return runs.Work.PrefillFlops(settings.Prompt) / seconds;
    }

    private double RunDecode()
    {
        double[] intervals = runs.Decode();
        _intervals.AddRange(intervals);
        return runs.Work.DecodeBytes() * intervals.Length / intervals.Sum();
    }
}
