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
    private long _now;
    private long _calls;

    /// <summary>Whether loads end at once.</summary>
    public bool Loads { get; set; } = true;

    public DeviceState State()
    {
        lock (_lock)
        {
            return new DeviceState(_state.PlanVersion ?? 0, _state.Replicas());
        }
    }

    public IReadOnlyList<string> Held => [.. State().Replicas.Select(replica => replica.Replica.ToString())];

    public DevicePlanAnswer Warm(DevicePlan plan)
    {
        List<RefusedReplica> refused = Apply(ResidencyEvent.Plan(
            plan.Version, plan.Replicas.ToArray(), (long)plan.KeepAlive.TotalMicroseconds));
        return new DevicePlanAnswer(State().PlanVersion, [.. refused.Where(refusal => refusal.Reason != RefusalReason.StalePlan)]);
    }

    public IReadOnlyList<RefusedReplica> Drain(IReadOnlyList<ReplicaId> replicas) => [.. replicas
        .SelectMany(replica => Apply(ResidencyEvent.Drain(replica)))
        .Where(refusal => refusal.Reason != RefusalReason.NotResident)];

    public IReadOnlyList<RefusedReplica> Evict(IReadOnlyList<ReplicaId> replicas)
    {
        Drain(replicas);
        return [.. State().Replicas
            .Where(replica => replicas.Contains(replica.Replica))
            .Select(replica => new RefusedReplica(replica.Replica, RefusalReason.Draining))];
    }

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

    private List<RefusedReplica> Apply(in ResidencyEvent change)
    {
        lock (_lock)
        {
            List<RefusedReplica> refused = [];
            ApplyOne(change, refused);
            while (Loads && _loads.TryDequeue(out ResidencyEffect load))
            {
                ApplyOne(ResidencyEvent.Loaded(load.Id, load.Replica), refused);
            }

            return refused;
        }
    }

    private void ApplyOne(in ResidencyEvent change, List<RefusedReplica> refused)
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
                refused.Add(new RefusedReplica(effect.Replica, effect.Refusal));
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
