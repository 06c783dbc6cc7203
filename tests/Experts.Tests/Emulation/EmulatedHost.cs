using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Experts.Tests;

/// <summary>Emulated devices over the bundled model, with round figures: see <see cref="Timing"/>.</summary>
internal sealed class EmulatedHost : IDisposable
{
    public const long ExpertBytes = 1 << 30;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly PackedModel _model = BundledModel.Open();
    private readonly WorkerPool _workers = new(1);
    private long _calls;

    public EmulatedHost(int devices, int slots, IResidencyListener? listener = null, DeviceOverlap overlap = DeviceOverlap.Device)
    {
        Box = new EmulatedBox(Clock, Timing, devices, overlap);
        ExpertHostOptions options = new()
        {
            Devices = devices,
            DeviceMemoryBytes = slots * ExpertBytes,
            KeepAlive = TimeSpan.FromSeconds(100),
            Box = Box,
        };
        EmulatedBackends backends = new(
            _model.Description, new CpuBackendFactory(_model, _workers, maxAssignments: 64, VectorWidths.Best), ExpertBytes);
        Host = ExpertHost.Create(_model.Description, options, backends, TimeProvider.System, listener);
    }

    /// <summary>A replica takes 2 s for its weights or 1 s a token, a call 0.5 s, a token's way 0.25 s, a load 10 s.</summary>
    public static ShapeTiming Timing { get; } = new(new TimeModel(TimeShape.Roofline, 1, 2, 0.5), 0.25, 10);

    public VirtualClock Clock { get; } = new(DateTimeOffset.UnixEpoch);

    public EmulatedBox Box { get; }

    public ExpertHost Host { get; }

    /// <summary>Runs a layer: one call to each device that has rows, all started before the first is waited for.</summary>
    public ExpertOutcome[] Layer(params (int Device, Rows Rows)[] calls)
    {
        long first = _calls;
        foreach ((int device, Rows rows) in calls)
        {
            Host.Devices[device].Start(_calls++, rows.Layer, rows.Groups, Patience);
        }

        return [.. calls.Select((call, at) => Host.Devices[call.Device].Forward(first + at, call.Rows.Work))];
    }

    public void Dispose()
    {
        Host.Dispose();
        _workers.Dispose();
        _model.Dispose();
    }
}
