using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>The devices' links to the host: each carries one weight copy after the other.</summary>
internal sealed class HostLinks(int devices, double loadSeconds)
{
    private readonly PriorityQueue<WeightLoad, (double Time, long Order)> _loads = new();
    private readonly double[] _freeAt = new double[devices];
    private long _started;

    /// <summary>Whether a copy takes its time; else it is there at once.</summary>
    public bool TakeTime { get; set; }

    /// <summary>Copies started.</summary>
    public long Started => _started;

    public void Start(int device, long load, ReplicaId replica, double now)
    {
        double done = now;
        if (TakeTime)
        {
            done = Math.Max(now, _freeAt[device]) + loadSeconds;
            _freeAt[device] = done;
        }

        _loads.Enqueue(new WeightLoad(device, load, replica, done), (done, _started++));
    }

    /// <summary>The next copy that is done, not after a time.</summary>
    public bool TryNext(double until, out WeightLoad load)
    {
        if (_loads.TryPeek(out load, out _) && load.Done <= until)
        {
            _loads.Dequeue();
            return true;
        }

        return false;
    }

    /// <summary>A copy of weights under way.</summary>
    /// <param name="Device">The device it goes to.</param>
    /// <param name="Load">The load's number on that device.</param>
    /// <param name="Replica">The replica.</param>
    /// <param name="Done">When it is there, s.</param>
    internal readonly record struct WeightLoad(int Device, long Load, ReplicaId Replica, double Done);
}
