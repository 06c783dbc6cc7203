namespace DaprMoE.Dispatch.Tests;

/// <summary>Keeps what it is told about the last layer; allocates nothing itself.</summary>
internal sealed class LastLayer : IDispatchObserver
{
    private readonly (int Device, double Rows)[] _devices = new (int, double)[16];
    private int _count;

    public int Tokens { get; private set; }

    public TimeSpan Elapsed { get; private set; }

    public LayerCalls Calls { get; private set; }

    public double Variation { get; private set; }

    public double MaxOverMean { get; private set; }

    public IEnumerable<(int Device, double Rows)> Devices => _devices.Take(_count);

    public void LayerDone(in LayerDispatch layer)
    {
        (Tokens, Elapsed, Calls) = (layer.Tokens, layer.Elapsed, layer.Calls);
        (Variation, MaxOverMean) = (layer.Variation, layer.MaxOverMean);
        _count = layer.Devices.Length;
        for (int i = 0; i < _count; i++)
        {
            _devices[i] = (layer.Devices[i], layer.DeviceRows[i]);
        }
    }
}
