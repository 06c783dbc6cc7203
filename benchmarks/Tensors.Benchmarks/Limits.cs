using System.Diagnostics;
using System.Globalization;

namespace DaprMoE.Tensors.Benchmarks;

/// <summary>
/// Measures work between two probes of the machine's limits, nine times, and reports the shares. Each time counts the mean of all runs;
/// the fastest single run against the best probe tells what the kernel can do where other processes disturb.
/// </summary>
internal sealed class Limits(WorkerPool pool, string filter) : IDisposable
{
    private const int Repetitions = 9;
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(0.2);
    private readonly NativeBuffer _buffer = new(MachineProbe.MinBufferBytes);

    /// <summary>The limit is the one that the work meets first: operations at the peak or bytes at the bandwidth.</summary>
    public void Report(string name, double operations, double bytes, Action work)
    {
        if (!name.Contains(filter, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        Time(work);
        var (shares, seconds) = (new List<double>(), new List<double>());
        var (limit, best, fastest) = (Probe(), (Peak: 0.0, Bandwidth: 0.0), double.MaxValue);
        for (var i = 0; i < Repetitions; i++)
        {
            var (mean, least) = Time(work);
            var next = Probe();
            seconds.Add(mean);
            shares.Add(Least(operations, bytes, (limit.Peak + next.Peak) / 2, (limit.Bandwidth + next.Bandwidth) / 2) / mean);
            fastest = Math.Min(fastest, least);
            best = (Math.Max(best.Peak, next.Peak), Math.Max(best.Bandwidth, next.Bandwidth));
            limit = next;
        }

        seconds.Sort();
        shares.Sort();
        var kind = operations / best.Peak > bytes / best.Bandwidth ? "FMA" : "read";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {fastest * 1e6:F1} us | {seconds[Repetitions / 2] * 1e6:F1} us | " +
            $"{kind} {Least(operations, bytes, best.Peak, best.Bandwidth) / fastest:P0} | " +
            $"{shares[Repetitions / 2]:P0} | {shares[0]:P0} | {shares[^1]:P0} |"));
    }

    public void Dispose() => _buffer.Dispose();

    /// <summary>The least time that the limits allow.</summary>
    private static double Least(double operations, double bytes, double peak, double bandwidth) =>
        Math.Max(operations / peak, bytes / bandwidth);

    private (double Peak, double Bandwidth) Probe() =>
        (MachineProbe.FmaPeak(pool, ProbeTime), MachineProbe.ReadBandwidth(pool, _buffer, ProbeTime));

    private static (double Mean, double Fastest) Time(Action work)
    {
        var begin = Stopwatch.GetTimestamp();
        var (runs, fastest, last) = (0, double.MaxValue, begin);
        while (Stopwatch.GetElapsedTime(begin, last) < ProbeTime)
        {
            work();
            var now = Stopwatch.GetTimestamp();
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(last, now).TotalSeconds);
            last = now;
            runs++;
        }

        return (Stopwatch.GetElapsedTime(begin, last).TotalSeconds / runs, fastest);
    }
}
