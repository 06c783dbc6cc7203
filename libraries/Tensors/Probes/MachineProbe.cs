using System.Diagnostics;

namespace DaprMoE.Tensors;

/// <summary>
/// Measures the machine's own limits, against which kernels are judged. Compare only with what was measured right before or after:
/// on shared machines the limits themselves move.
/// </summary>
public static class MachineProbe
{
    /// <summary>The smallest buffer that no cache holds a useful part of.</summary>
    public const long MinBufferBytes = 512L << 20;

    /// <summary>
    /// Single-precision operations per second of all workers with the widest vectors. A fused multiply-add counts as two.
    /// </summary>
    /// <param name="pool">The threads.</param>
    /// <param name="duration">How long to measure, 0.2 s for example.</param>
    public static double FmaPeak(WorkerPool pool, TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(pool);
        return Measure(pool, duration, FmaLoop.Create(VectorWidths.Best));
    }

    /// <summary>A buffer for <see cref="ReadBandwidth"/>, each page of which is written once: untouched pages all map to one page of zeros.</summary>
    public static unsafe NativeBuffer CreateReadBuffer()
    {
        NativeBuffer buffer = new(MinBufferBytes);
        for (long at = 0; at < buffer.Length; at += Environment.SystemPageSize)
        {
            buffer.Pointer[at] = 1;
        }

        return buffer;
    }

    /// <summary>Bytes per second that all workers together read from memory.</summary>
    /// <param name="pool">The threads; each reads its own part, over and over.</param>
    /// <param name="buffer">At least <see cref="MinBufferBytes"/> long.</param>
    /// <param name="duration">How long to measure, 0.2 s for example.</param>
    /// <exception cref="ArgumentException">The buffer is too small: caches would be measured.</exception>
    public static double ReadBandwidth(WorkerPool pool, NativeBuffer buffer, TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(buffer);
        if (buffer.Length < MinBufferBytes)
        {
            throw new ArgumentException(
                $"A buffer of {buffer.Length} bytes would measure caches; use at least {MinBufferBytes} bytes.", nameof(buffer));
        }

        return Measure(pool, duration, ReadLoop.Create(VectorWidths.Best, buffer));
    }

    private static double Measure(WorkerPool pool, TimeSpan duration, ProbeLoop loop)
    {
        var job = new ProbeJob(loop, duration, new double[pool.Workers]);
        var start = Stopwatch.GetTimestamp();
        pool.Run(ref job);
        return job.TotalWork / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
