using System.Runtime.InteropServices;

namespace DaprMoE.Dispatch.Benchmarks;

/// <summary>
/// Processor time of the calling thread (Linux). Where one worker does all the work it tells the cost also while other processes take the
/// processor away.
/// </summary>
internal static partial class ThreadTime
{
    private const int ThreadProcessorTime = 3;

    public static double Seconds()
    {
        _ = GetTime(ThreadProcessorTime, out TimeSpec now);
        return now.Seconds + (now.Nanoseconds * 1e-9);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
