using System.Globalization;

namespace DaprMoE.Scheduling.Tests;

/// <summary>A device with a clock that the test sets, and what happens on it as text.</summary>
internal sealed class ResidencyStory
{
    private readonly ResidencyEffects _effects = new();

    /// <param name="slots">Replicas that fit.</param>
    /// <param name="layers">Layers of four experts.</param>
    /// <param name="warmUps">Replicas that may be loading when a warm-up starts, its own included.</param>
    /// <param name="eviction">What pressure takes first.</param>
    public ResidencyStory(int slots, int layers = 3, int warmUps = 8, EvictionRule eviction = EvictionRule.NextUse)
    {
        State = new ResidencyState(new ResidencySettings
        {
            Device = 0,
            MemoryKind = "cpu",
            BudgetBytes = slots * 100,
            Layers = [.. Enumerable.Repeat(new LayerExperts(4, 100), layers)],
            KeepAliveUs = 1_000,
            WarmUpBytesInFlight = warmUps * 100,
            MaxWaitingCalls = 3,
            Eviction = eviction,
            PageBytes = 1,
        });
    }

    public ResidencyState State { get; }

    public long NowUs { get; set; }

    /// <summary>Numbers of the loads, by replica, newest last.</summary>
    public Dictionary<ReplicaId, long> Loads { get; } = [];

    public static ReplicaId Replica(int layer, int expert, int copy = 0) => new(new ExpertId(layer, expert), copy);

    /// <summary>Applies an event and tells its commands and transitions.</summary>
    public string Tell(ResidencyEvent change)
    {
        _effects.Clear();
        ResidencyRules.Apply(State, in change, NowUs, _effects);
        List<string> lines = [];
        foreach (ResidencyEffect command in _effects.Commands)
        {
            lines.Add(Text(command));
        }

        foreach (ResidencyTransition transition in _effects.Transitions)
        {
            lines.Add($"{transition.Replica} {transition.From.Name()}>{transition.To.Name()} {transition.Reason.Name()}");
        }

        return string.Join(", ", lines);
    }

    public string Want(long call, long deadlineUs, params ReplicaId[] replicas) => Tell(ResidencyEvent.Want(call, replicas, deadlineUs));

    public string Loaded(ReplicaId replica) => Tell(ResidencyEvent.Loaded(Loads[replica], replica));

    /// <summary>Loads replicas and lets them idle from now on.</summary>
    public void Warm(params ReplicaId[] replicas)
    {
        foreach (ReplicaId replica in replicas)
        {
            Tell(ResidencyEvent.PreWarm(99, replica));
            Loaded(replica);
            Assert.Equal(ReplicaState.Warm, State.StateOf(replica));
        }
    }

    private string Text(ResidencyEffect command)
    {
        if (command.Kind == ResidencyEffectKind.StartLoad)
        {
            Loads[command.Replica] = command.Id;
        }

        string slot = string.Create(CultureInfo.InvariantCulture, $"slot {command.Slot.Index}");
        string numbers = command.LimitBytes > 0 || command.Bytes > 0 ? $" {command.Bytes}/{command.LimitBytes}" : "";
        return command.Kind switch
        {
            ResidencyEffectKind.StartLoad => $"load {command.Replica} into {slot}",
            ResidencyEffectKind.CancelLoad => $"cancel {command.Replica}",
            ResidencyEffectKind.Free => $"free {slot}",
            ResidencyEffectKind.ReturnSlot => $"return {slot}",
            ResidencyEffectKind.Admit => $"admit {command.Id}",
            ResidencyEffectKind.Refuse => $"refuse {command.Id} {command.Refusal.Name()}{numbers}",
            _ => $"deny {command.Replica} {command.Refusal.Name()}{numbers}",
        };
    }
}
