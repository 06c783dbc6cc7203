using System.Diagnostics;
using System.Globalization;

namespace DaprMoE.Simulation.Tests;

/// <summary>
/// Processor time of the calling thread, so that neither tests beside this one nor other processes count; where the system does not tell
/// it, the time that passes.
/// </summary>
internal static class ThreadTime
{
    private const string OfThisThread = "/proc/thread-self/schedstat";

    public static TimeSpan Now()
    {
        if (!File.Exists(OfThisThread))
        {
            return Stopwatch.GetElapsedTime(0);
        }

        string nanoseconds = File.ReadAllText(OfThisThread).Split(' ')[0];
        return TimeSpan.FromMicroseconds(long.Parse(nanoseconds, CultureInfo.InvariantCulture) / 1e3);
    }
}
