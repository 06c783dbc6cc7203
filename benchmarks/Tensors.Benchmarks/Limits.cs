using System.Diagnostics;
using System.Globalization;

namespace DaprMoE.Tensors.Benchmarks;

/// <summary>Measures work between two probes of the machine's limits, nine times, and reports the shares.</summary>
internal sealed class Limits(WorkerPool pool) : IDisposable
{
    private const int Repetitions = 9;
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(0.2);
    private readonly NativeBuffer _buffer = new(MachineProbe.MinBufferBytes);

    /// <summary>The limit is the one that the work meets first: operations at the peak or bytes at the bandwidth.</summary>
    public void Report(string name, double operations, double bytes, Action work)
    {
        Time(work);
        var shares = new List<double>();
        var seconds = new List<double>();
        var (byPeak, limit) = (false, Probe());
        for (var i = 0; i < Repetitions; i++)
        {
            var time = Time(work);
            var next = Probe();
            var (peak, bandwidth) = ((limit.Peak + next.Peak) / 2, (limit.Bandwidth + next.Bandwidth) / 2);
            byPeak = operations / peak > bytes / bandwidth;
            seconds.Add(time);
            shares.Add(Math.Max(operations / peak, bytes / bandwidth) / time);
            limit = next;
        }

        seconds.Sort();
        shares.Sort();
        var middle = seconds[Repetitions / 2];
        var rate = byPeak ? $"{operations / middle / 1e9:F0} GFLOP/s" : $"{bytes / middle / 1e9:F1} GB/s";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {middle * 1e6:F1} us | {rate} | {(byPeak ? "FMA" : "read")} {shares[Repetitions / 2]:P0} | {shares[0]:P0} | {shares[^1]:P0} |"));
    }

    public void Dispose() => _buffer.Dispose();

    private (double Peak, double Bandwidth) Probe() =>
        (MachineProbe.FmaPeak(pool, ProbeTime), MachineProbe.ReadBandwidth(pool, _buffer, ProbeTime));

    private static double Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        var runs = 0;
        do
        {
            work();
            runs++;
        }
        while (Stopwatch.GetElapsedTime(start) < ProbeTime);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / runs;
    }
}
