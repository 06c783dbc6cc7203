using DaprMoE.Dispatch;

namespace DaprMoE.Gateway;

/// <summary>Sums over all layers that ran. Added to by one thread, copied by any.</summary>
internal sealed class DispatchTotals
{
    private readonly long[][] _tokens;
    private double[] _deviceRows = [];
    private double _variation;
    private double _maxOverMean;
    private long _balanced;

    public DispatchTotals(IReadOnlyList<int> expertsPerLayer) => _tokens = [.. expertsPerLayer.Select(experts => new long[experts])];

    private DispatchTotals(DispatchTotals live, long taken)
    {
        _tokens = [.. live._tokens.Select(tokens => (long[])tokens.Clone())];
        _deviceRows = (double[])Volatile.Read(ref live._deviceRows).Clone();
        _balanced = Volatile.Read(ref live._balanced);
        _variation = Volatile.Read(ref live._variation);
        _maxOverMean = Volatile.Read(ref live._maxOverMean);
        Taken = taken;
    }

    /// <summary>When it was copied, a timestamp of the clock.</summary>
    public long Taken { get; }

    /// <summary>Tokens of each layer's experts.</summary>
    public IReadOnlyList<long[]> Tokens => _tokens;

    /// <summary>Rows of each device, by number.</summary>
    public IReadOnlyList<double> DeviceRows => _deviceRows;

    /// <summary>Layers that ran on more than one device, and the sums of their measures of balance.</summary>
    public (long Layers, double Variation, double MaxOverMean) Balance => (_balanced, _variation, _maxOverMean);

    public void Add(in LayerDispatch layer)
    {
        long[] tokens = _tokens[layer.Layer];
        for (int expert = 0; expert < layer.Loads.Length; expert++)
        {
            tokens[expert] += layer.Loads[expert];
        }

        AddRows(in layer);
        if (layer.Devices.Length > 1)
        {
            Volatile.Write(ref _variation, _variation + layer.Variation);
            Volatile.Write(ref _maxOverMean, _maxOverMean + layer.MaxOverMean);
            Volatile.Write(ref _balanced, _balanced + 1);
        }
    }

    public DispatchTotals CopyAt(long taken) => new(this, taken);

    private void AddRows(in LayerDispatch layer)
    {
        int devices = layer.Devices.IsEmpty ? 0 : layer.Devices[^1] + 1;
        if (devices > _deviceRows.Length)
        {
            double[] more = new double[devices];
            _deviceRows.CopyTo(more, 0);
            Volatile.Write(ref _deviceRows, more);
        }

        for (int i = 0; i < layer.Devices.Length; i++)
        {
            _deviceRows[layer.Devices[i]] += layer.DeviceRows[i];
        }
    }
}
