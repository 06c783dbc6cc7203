using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>
/// The devices' memory in simulated time: the rules of residency that servers follow, with loads that take the time of the host links, and
/// the bill of the transitions.
/// </summary>
internal sealed class ReplicaMemory
{
    private readonly Cell _cell;
    private readonly ResidencyState[] _devices;
    private readonly LayerReplicas[] _layers;
    private readonly HostLinks _links;
    private readonly BillMeter _meter;
    private readonly ResidencyEffects _effects = new();
    private int _waiting;

    public ReplicaMemory(Cell cell, string policy)
    {
        _cell = cell;
        LayerExperts[] layers = [.. Enumerable.Repeat(new LayerExperts(cell.Shape.Experts, cell.Shape.ExpertBytes), cell.Shape.Layers)];
        KeepAliveUs = Microseconds(cell.Settings.KeepAlive.TotalSeconds);
        _devices = [.. Enumerable.Range(0, cell.Testbed.Devices).Select(device => new ResidencyState(Settings(cell, device, layers)))];
        _layers = [.. layers.Select(_ => new LayerReplicas(cell.Shape.Experts, cell.Testbed.Devices))];
        _links = new HostLinks(cell.Testbed.Devices, cell.Timing.LoadSeconds);
        _meter = SimulationPrices.Meter(cell, policy);
    }

    /// <summary>Weight copies started so far.</summary>
    public long Loads => _links.Started;

    public long KeepAliveUs { get; }

    /// <summary>Whether weight copies take time from here on; while a model is deployed they do not.</summary>
    public bool CopiesTakeTime
    {
        get => _links.TakeTime;
        set => _links.TakeTime = value;
    }

    public static long Microseconds(double seconds) => (long)Math.Floor(seconds * 1e6);

    /// <summary>The replicas of a layer.</summary>
    public LayerReplicas Of(int layer) => _layers[layer];

    /// <summary>Replicas of a layer that each device can hold: its free memory and what the layer holds there.</summary>
    public void Slots(int layer, Span<int> slots)
    {
        for (int device = 0; device < slots.Length; device++)
        {
            long free = (_cell.ExpertBudget - _devices[device].ResidentBytes) / _cell.Shape.ExpertBytes;
            slots[device] = (int)Math.Min(int.MaxValue, free + _layers[layer].PerDevice[device]);
        }
    }

    /// <summary>Whether a replica's weights are on a device.</summary>
    public bool IsWarm(int device, ReplicaId replica) => _devices[device].StateOf(replica) is ReplicaState.Warm or ReplicaState.Busy;

    /// <summary>Replicas of a layer that one call to a device can hold.</summary>
    public int SlotsFor(int device, int layer) => _devices[device].SlotsFor(layer);

    /// <summary>Applies one event of a device, and what it leads to.</summary>
    public void Apply(int device, in ResidencyEvent change, double now)
    {
        _effects.Clear();
        ResidencyRules.Apply(_devices[device], in change, Microseconds(now), _effects);
        foreach (ResidencyTransition transition in _effects.Transitions)
        {
            _cell.Settings.Watch?.Invoke(transition);
            if (transition.MemoryEvent is { } memory)
            {
                _meter.Record(in memory);
                Track(in memory);
            }
        }

        foreach (ResidencyEffect effect in _effects.Commands)
        {
            Follow(device, in effect, now);
        }
    }

    /// <summary>Finishes the copies that are there by a time.</summary>
    public void AdvanceTo(double now)
    {
        while (_links.TryNext(now, out HostLinks.WeightLoad load))
        {
            Apply(load.Device, ResidencyEvent.Loaded(load.Load, load.Replica), load.Done);
        }
    }

    /// <summary>Ends what was idle as long as may be.</summary>
    public void Tick(double now)
    {
        AdvanceTo(now);
        for (int device = 0; device < _devices.Length; device++)
        {
            Apply(device, ResidencyEvent.Tick(), now);
        }
    }

    /// <summary>A call needs replicas of a device; <see cref="WaitForCalls"/> waits for it.</summary>
    public void Call(int device, long call, ReadOnlyMemory<ReplicaId> replicas, double now)
    {
        _waiting++;
        Apply(device, ResidencyEvent.Want(call, replicas, long.MaxValue), now);
    }

    /// <summary>Lets time pass until all calls hold their replicas.</summary>
    /// <returns>When they do, s.</returns>
    public double WaitForCalls(double now)
    {
        AdvanceTo(now);
        while (_waiting > 0)
        {
            if (!_links.TryNext(double.PositiveInfinity, out HostLinks.WeightLoad load))
            {
                throw new InvalidOperationException("A call waits for weights that nobody loads.");
            }

            now = Math.Max(now, load.Done);
            Apply(load.Device, ResidencyEvent.Loaded(load.Load, load.Replica), load.Done);
        }

        return now;
    }

    /// <summary>A layer runs from start to end; its replicas' memory is active meanwhile.</summary>
    public void RunLayer(int layer, double start, double end)
    {
        LayerRun run = _meter.BeginRun(Microseconds(start), layer, []);
        AdvanceTo(end);
        _meter.EndRun(Microseconds(end), run);
    }

    public Bill Bill(double now) => _meter.Snapshot(Microseconds(now));

    private static ResidencySettings Settings(Cell cell, int device, LayerExperts[] layers) => new()
    {
        Device = device,
        MemoryKind = SimulationPrices.DeviceMemory,
        BudgetBytes = cell.ExpertBudget,
        Layers = layers,
        KeepAliveUs = Microseconds(cell.Settings.KeepAlive.TotalSeconds),

        // A link carries one copy at a time; a second one waits behind it, so that the link is never idle.
        WarmUpBytesInFlight = cell.Settings.CopiesTakeTime ? 2 * cell.Shape.ExpertBytes : cell.ExpertBudget,
        PageBytes = 1,
    };

    private void Track(in ReplicaMemoryEvent memory)
    {
        LayerReplicas layer = _layers[memory.Replica.Expert.Layer];
        int expert = memory.Replica.Expert.Expert;
        switch (memory.Event)
        {
            case MemoryEvent.Load:
                layer.Add(expert, new SimulatedReplica(memory.Replica.Index, memory.Device));
                break;
            case MemoryEvent.Warm:
                layer.Warm(expert, memory.Replica.Index);
                break;
            default:
                layer.Remove(expert, memory.Replica.Index);
                break;
        }
    }

    private void Follow(int device, in ResidencyEffect effect, double now)
    {
        switch (effect.Kind)
        {
            case ResidencyEffectKind.StartLoad:
                _links.Start(device, effect.Id, effect.Replica, now);
                break;
            case ResidencyEffectKind.Admit:
                _waiting--;
                break;
            case ResidencyEffectKind.Refuse:
                throw new InvalidOperationException($"Device {device} refuses a layer's call: {effect.Refusal}.");
            default:
                break;
        }
    }
}
