using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>Adds up what the calls of one layer take on their devices.</summary>
internal sealed class LayerWork(ShapeTiming timing, int devices)
{
    private readonly double[] _tokens = new double[devices];
    private readonly double[] _seconds = new double[devices];
    private readonly double[] _busySeconds = new double[devices];
    private double _slowest;

    /// <summary>How long each device has computed, over all layers, s.</summary>
    public ReadOnlySpan<double> BusySeconds => _busySeconds;

    public void Clear()
    {
        _tokens.AsSpan().Clear();
        _seconds.AsSpan().Clear();
        _slowest = 0;
    }

    /// <summary>A device computes these replicas.</summary>
    public void Add(int device, ReadOnlySpan<ReplicaGroup> groups)
    {
        foreach (ReplicaGroup group in groups)
        {
            _tokens[device] += group.Count;
            _seconds[device] += timing.Replica.Work(group.Count);
            _slowest = Math.Max(_slowest, timing.Replica.Replica(group.Count));
        }
    }

    /// <summary>The time of the layer. Counts the devices' own.</summary>
    public LayerTime Time(DeviceOverlap overlap)
    {
        double most = 0;
        double busiest = 0;
        for (int device = 0; device < _tokens.Length; device++)
        {
            _seconds[device] += _tokens[device] > 0 ? timing.Replica.CallConstant : 0;
            _busySeconds[device] += _seconds[device];
            most = Math.Max(most, _tokens[device]);
            busiest = Math.Max(busiest, _seconds[device]);
        }

        return new LayerTime(overlap == DeviceOverlap.Replica ? _slowest : busiest, timing.SecondsPerTokenMoved * most);
    }
}
