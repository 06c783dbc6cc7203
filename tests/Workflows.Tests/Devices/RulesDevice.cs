using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Workflows.Tests;

/// <summary>A device that follows the real residency rules; its loads end at once, or when the test says so.</summary>
internal sealed class RulesDevice(int slots)
{
    private const int SlotBytes = 4096;
    private readonly Lock _lock = new();
    private readonly ResidencyEffects _effects = new();
    private readonly Queue<ResidencyEffect> _loads = [];
    private ResidencyState _state = NewState(slots);
    private bool _loadsEnd = true;
    private long _now;
    private long _calls;

    /// <summary>Whether loads end at once; those that wait end when it becomes true.</summary>
    public bool Loads
    {
        get => _loadsEnd;
        set
        {
            _loadsEnd = value;
            Apply(ResidencyEvent.Tick());
        }
    }

    /// <summary>Whether its host can't be reached.</summary>
    public bool IsLost { get; set; }

    public long PlanVersion
    {
        get
        {
            lock (_lock)
            {
                return _state.PlanVersion ?? 0;
            }
        }
    }

    public IReadOnlyList<string> Held => [.. Snapshot("").Replicas.Select(replica => replica.Replica.ToString())];

    public DeviceSnapshot Snapshot(string name)
    {
        lock (_lock)
        {
            return IsLost
                ? new DeviceSnapshot(name, IsAlive: false, 0, null, 0, 0, [])
                : new DeviceSnapshot(
                    name, IsAlive: true, PlanVersion, slots * SlotBytes, _state.ResidentBytes, _state.ReservedBytes, Replicas());
        }
    }

    public IReadOnlyList<string> Plan(
        long version, IReadOnlyList<ReplicaId> replicas, TimeSpan keepAlive, IReadOnlyList<ReplicaId>? retained = null) =>
        Apply(ResidencyEvent.Plan(version, replicas.ToArray(), (long)keepAlive.TotalMicroseconds, retained?.ToArray() ?? []));

    public IReadOnlyList<string> PreWarm(IReadOnlyList<ReplicaId> replicas) =>
        [.. replicas.SelectMany(replica => Apply(ResidencyEvent.PreWarm(requester: 1, replica)))];

    public IReadOnlyList<string> Drain(IReadOnlyList<ReplicaId> replicas) =>
        [.. replicas.SelectMany(replica => Apply(ResidencyEvent.Drain(replica)))];

    /// <summary>A call takes a replica, loading it if it is not there.</summary>
    public long Call(ReplicaId replica)
    {
        long call = ++_calls;
        Apply(ResidencyEvent.Want(call, new[] { replica }, long.MaxValue));
        return call;
    }

    public void EndCall(long call) => Apply(ResidencyEvent.Release(call));

    /// <summary>All keep-alives end.</summary>
    public void PassTime()
    {
        _now += (long)TimeSpan.FromHours(1).TotalMicroseconds;
        Apply(ResidencyEvent.Tick());
    }

    /// <summary>The host starts anew: nothing is held, no plan is known.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            _state = NewState(slots);
            _loads.Clear();
        }
    }

    private ReplicaSnapshot[] Replicas() => [.. _state.Replicas().Select(replica => new ReplicaSnapshot(
        replica.Replica, replica.State, replica.Bytes, replica.Calls, replica.IsPinned, replica.IsPlanned, TimeSpan.Zero))];

    private List<string> Apply(in ResidencyEvent change)
    {
        lock (_lock)
        {
            List<string> refused = [];
            ApplyOne(change, refused);
            while (Loads && _loads.TryDequeue(out ResidencyEffect load))
            {
                ApplyOne(ResidencyEvent.Loaded(load.Id, load.Replica), refused);
            }

            return refused;
        }
    }

    private void ApplyOne(in ResidencyEvent change, List<string> refused)
    {
        _effects.Clear();
        ResidencyRules.Apply(_state, in change, _now, _effects);
        foreach (ResidencyEffect effect in _effects.Commands)
        {
            if (effect.Kind == ResidencyEffectKind.StartLoad)
            {
                _loads.Enqueue(effect);
            }
            else if (effect.Kind == ResidencyEffectKind.RefuseRequest)
            {
                refused.Add($"The device refuses {effect.Replica}: {effect.Refusal}.");
            }
        }
    }

    private static ResidencyState NewState(int slots) => new(new ResidencySettings
    {
        Device = 0,
        MemoryKind = "test",
        BudgetBytes = slots * SlotBytes,
        Layers = [new LayerExperts(8, SlotBytes)],
        KeepAliveUs = 1_000_000,
        WarmUpBytesInFlight = long.MaxValue,
    });
}
