using System.Diagnostics.Metrics;

namespace DaprMoE.Cli.Tests;

/// <summary>Follows which window the autoscaler has looked at last, by its gauge.</summary>
internal sealed class WindowsSeen : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _newest = -1;

    public WindowsSeen(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "daprmoe_autoscaler_window_version" && instrument.Meter.Scope == factory)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Exchange(ref _newest, value));
        _listener.Start();
    }

    /// <summary>The newest window; -1 before the first look.</summary>
    public long Newest => Interlocked.Read(ref _newest);

    public void Dispose() => _listener.Dispose();
}
