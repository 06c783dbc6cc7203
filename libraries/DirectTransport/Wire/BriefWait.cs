using System.Diagnostics;

namespace DaprMoE.DirectTransport;

/// <summary>
/// A wait that yields the thread's core instead of parking it: between the calls of small layers there is less time than a parked thread
/// needs to wake.
/// </summary>
internal static class BriefWait
{
    private static readonly long Ticks = Stopwatch.Frequency * 200 / 1_000_000;

    /// <summary>Yields until something is there, for at most 200 µs.</summary>
    /// <returns>Whether it is.</returns>
    public static bool Until<T>(T state, Func<T, bool> isThere)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetTimestamp() - start < Ticks)
        {
            if (isThere(state))
            {
                return true;
            }

            Thread.Yield();
        }

        return false;
    }
}
