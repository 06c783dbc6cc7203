using System.Diagnostics;
using System.Globalization;

namespace DaprMoE.Scheduling.Benchmarks;

/// <summary>Times single calls of one thread and prints a row of a Markdown table.</summary>
internal static class Percentiles
{
    public const string Header = "| what | mean | p50 | p99 | p99.9 | slowest | bytes per call |\n|---|---|---|---|---|---|---|";

    /// <summary>
    /// Calls <paramref name="call"/> until it is compiled for good, then as often as asked for, each call timed by itself.
    /// </summary>
    public static void Report(string what, int calls, Func<int> call)
    {
        long[] ticks = new long[calls];
        long sum = 0;
        Warm(call, ref sum);
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < calls; i++)
        {
            long started = Stopwatch.GetTimestamp();
            sum += call();
            ticks[i] = Stopwatch.GetTimestamp() - started;
        }

        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        Array.Sort(ticks);
        string[] cells =
        [
            Time(ticks.Average()), Time(At(ticks, 0.5)), Time(At(ticks, 0.99)), Time(At(ticks, 0.999)), Time(ticks[^1]),
            ((double)bytes / calls).ToString("0.##", CultureInfo.InvariantCulture),
        ];
        Console.WriteLine($"| {what} | {string.Join(" | ", cells)} |");
        if (sum == 0)
        {
            throw new InvalidOperationException($"{what}: nothing was decided.");
        }
    }

    // Tiered compilation happens beside the program: warm by time, not by calls alone.
    private static void Warm(Func<int> call, ref long sum)
    {
        for (long started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2);)
        {
            sum += call();
        }
    }

    private static double At(long[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];

    private static string Time(double ticks)
    {
        double microseconds = ticks * 1e6 / Stopwatch.Frequency;
        return microseconds < 1000
            ? microseconds.ToString("0.0", CultureInfo.InvariantCulture) + " µs"
            : (microseconds / 1000).ToString("0.0", CultureInfo.InvariantCulture) + " ms";
    }
}
