using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// What the emulated devices of a process have in common: one clock, and the time of the calls that a layer makes to them. The layer's
/// calls are started together; when the first of them is waited for, time passes until all have their experts and then until the slowest
/// is done. Only then are rows really computed, in no virtual time. Calls come from one thread.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="timing">What experts and loads cost.</param>
/// <param name="devices">How many devices.</param>
/// <param name="overlap">What the replicas of a device do to each other.</param>
public sealed class EmulatedBox(VirtualClock clock, ShapeTiming timing, int devices, DeviceOverlap overlap = DeviceOverlap.Device)
{
    private readonly List<StartedCall> _started = [];
    private readonly LayerWork _work = new(timing, devices);

    /// <summary>The clock.</summary>
    public VirtualClock Clock => clock;

    /// <summary>What experts, loads and the rest of a layer cost.</summary>
    public ShapeTiming Timing => timing;

    /// <value>Whether a load takes the time of its link, which is the default; while a model is deployed, it need not.</value>
    public bool LoadsTakeTime { get; set; } = true;

    /// <summary>How long each device has computed, s of virtual time. Read by the thread that calls.</summary>
    public ReadOnlySpan<double> BusySeconds => _work.BusySeconds;

    /// <summary>A call is started.</summary>
    internal void Start(ArenaDevice device, long call) => _started.Add(new StartedCall(device, call));

    /// <summary>A started call is waited for: the time of all of them passes, once.</summary>
    internal void PassCalls()
    {
        if (_started.Count == 0)
        {
            return;
        }

        _work.Clear();
        foreach (StartedCall started in _started)
        {
            if (started.Device.AwaitExperts(started.Call))
            {
                started.Device.Count(started.Call, _work);
            }
        }

        _started.Clear();
        clock.Advance(_work.Time(overlap).Total);
    }

    private readonly record struct StartedCall(ArenaDevice Device, long Call);
}
