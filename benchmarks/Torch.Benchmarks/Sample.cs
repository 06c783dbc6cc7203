using System.Diagnostics;

namespace DaprMoE.Torch.Benchmarks;

/// <summary>How long something took, by the wall and on the processors.</summary>
/// <param name="WallSeconds">Seconds that passed.</param>
/// <param name="ProcessorSeconds">Seconds of processor time of this process, all threads together.</param>
internal readonly record struct Sample(double WallSeconds, double ProcessorSeconds)
{
    public static Sample Of(Action work)
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        work();
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        return new Sample(wall, (process.TotalProcessorTime - before).TotalSeconds);
    }
}
