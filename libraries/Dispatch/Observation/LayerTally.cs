using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>Adds up what the calls of a layer come to.</summary>
internal sealed class LayerTally
{
    private double[] _rows = [];
    private double[] _aliveRows = [];
    private RoutingTable? _table;

    public LayerCalls Calls { get; private set; }

    /// <summary>Devices that were alive when the last calls were started.</summary>
    public ReadOnlySpan<int> Devices => _table!.Alive;

    /// <summary>Rows that each of <see cref="Devices"/> computed.</summary>
    public ReadOnlySpan<double> DeviceRows
    {
        get
        {
            ReadOnlySpan<int> devices = Devices;
            for (int i = 0; i < devices.Length; i++)
            {
                _aliveRows[i] = _rows[devices[i]];
            }

            return _aliveRows.AsSpan(0, devices.Length);
        }
    }

    public void Begin(RoutingTable table)
    {
        Calls = default;
        _rows.AsSpan().Clear();
        Follow(table);
    }

    public void AddRound(RoutingTable table, int started, bool isRetry, int misses)
    {
        Follow(table);
        Calls = Calls with
        {
            Calls = Calls.Calls + started,
            Retries = Calls.Retries + (isRetry ? started : 0),
            Misses = Calls.Misses + misses,
        };
    }

    public void AddDone(ExpertCall call)
    {
        _rows[call.Device] += call.Rows;
        Calls = Calls with
        {
            Replicas = Calls.Replicas + call.Groups.Length,
            ColdStarts = Calls.ColdStarts + call.Figures.ColdStarts,
            ComputeUs = Math.Max(Calls.ComputeUs, call.Figures.ComputeUs),
            LoadUs = Math.Max(Calls.LoadUs, call.Figures.LoadUs),
        };
    }

    private void Follow(RoutingTable table)
    {
        _table = table;
        if (_rows.Length < table.DeviceCount)
        {
            Array.Resize(ref _rows, table.DeviceCount);
            _aliveRows = new double[table.DeviceCount];
        }
    }
}
