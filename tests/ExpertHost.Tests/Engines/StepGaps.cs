using System.Diagnostics;

namespace DaprMoE.ExpertHost.Tests;

/// <summary>The pauses between the steps of generations that run together.</summary>
internal sealed class StepGaps
{
    private readonly Lock _gate = new();
    private readonly List<(long At, double Seconds)> _gaps = [];
    private long _last = Stopwatch.GetTimestamp();
    private long _faultAt = long.MaxValue;

    public int Steps
    {
        get
        {
            lock (_gate)
            {
                return _gaps.Count;
            }
        }
    }

    /// <summary>A generation got a token.</summary>
    public void Step()
    {
        lock (_gate)
        {
            long now = Stopwatch.GetTimestamp();
            _gaps.Add((now, Stopwatch.GetElapsedTime(_last, now).TotalSeconds));
            _last = now;
        }
    }

    /// <summary>Something goes wrong from here on.</summary>
    public void Fault() => _faultAt = Stopwatch.GetTimestamp();

    /// <summary>The longest pause after the fault.</summary>
    public double Stall => _gaps.Where(gap => gap.At >= _faultAt).Select(gap => gap.Seconds).DefaultIfEmpty(0).Max();

    /// <summary>The longest pause before it: what the machine's other work does to a step.</summary>
    public double Usual => _gaps.Where(gap => gap.At < _faultAt).Skip(1).Select(gap => gap.Seconds).DefaultIfEmpty(0).Max();
}
