using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Experts.Tests;

/// <summary>A host over the bundled model.</summary>
internal sealed class TestHost : IDisposable
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly PackedModel _model = BundledModel.Open();
    private readonly WorkerPool _workers = new(1);
    private long _calls;

    public TestHost(ExpertHostOptions options, TimeProvider? time = null, IResidencyListener? listener = null)
    {
        CpuBackendFactory backends = new(_model, _workers, maxAssignments: 64, VectorWidths.Best);
        try
        {
            Host = ExpertHost.Create(_model.Description, options, backends, time ?? TimeProvider.System, listener);
        }
        catch
        {
            backends.Dispose();
            _workers.Dispose();
            _model.Dispose();
            throw;
        }
    }

    public ExpertHost Host { get; }

    public IExpertDevice Device => Host.Devices[0];

    /// <summary>A host of one device with so many slots.</summary>
    public static TestHost WithSlots(int slots, TimeProvider? time = null, IResidencyListener? listener = null) =>
        new(new ExpertHostOptions { DeviceMemoryBytes = slots * BundledModel.ExpertBytes }, time, listener);

    /// <summary>Starts a call and computes it.</summary>
    public ExpertOutcome Call(Rows rows)
    {
        long call = Interlocked.Increment(ref _calls);
        Device.Start(call, rows.Layer, rows.Groups, Soon);
        return Device.Forward(call, rows.Work);
    }

    public void Dispose()
    {
        Host.Dispose();
        _workers.Dispose();
        _model.Dispose();
    }
}
