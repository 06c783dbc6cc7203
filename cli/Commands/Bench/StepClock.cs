using System.Diagnostics;
using DaprMoE.Inference;

namespace DaprMoE.Cli;

/// <summary>Notes when each row of logits was there, on the engine's thread.</summary>
internal sealed class StepClock(int capacity) : IForwardObserver
{
    private readonly long[] _times = new long[capacity];
    private int _count;

    /// <summary>Forgets what was noted. Only while the engine is idle.</summary>
    public void Clear() => Volatile.Write(ref _count, 0);

    public void AfterLogits(int sequence, int position, ReadOnlySpan<float> logits)
    {
        if (_count < _times.Length)
        {
            _times[_count] = Stopwatch.GetTimestamp();
            Volatile.Write(ref _count, _count + 1);
        }
    }

    /// <summary>Seconds between one row of logits and the next.</summary>
    public double[] Intervals()
    {
        double[] intervals = new double[Math.Max(0, Volatile.Read(ref _count) - 1)];
        for (int i = 0; i < intervals.Length; i++)
        {
            intervals[i] = Stopwatch.GetElapsedTime(_times[i], _times[i + 1]).TotalSeconds;
        }

        return intervals;
    }
}
