namespace DaprMoE.Scheduling.Tests;

/// <summary>Keeps its own books of a device from events, commands and transitions, and fails when they break a rule of residency.</summary>
internal sealed class ResidencyReferee(ResidencySettings settings)
{
    private static readonly HashSet<(ReplicaState, ReplicaState)> Legal =
    [
        (ReplicaState.Absent, ReplicaState.Loading),
        (ReplicaState.Loading, ReplicaState.Warm),
        (ReplicaState.Loading, ReplicaState.Absent),
        (ReplicaState.Warm, ReplicaState.Busy),
        (ReplicaState.Busy, ReplicaState.Warm),
        (ReplicaState.Warm, ReplicaState.Draining),
        (ReplicaState.Warm, ReplicaState.Absent),
        (ReplicaState.Busy, ReplicaState.Draining),
        (ReplicaState.Draining, ReplicaState.Absent),
    ];

    private readonly Dictionary<ReplicaId, ReplicaState> _states = [];
    private readonly Dictionary<ReplicaId, long> _stateSince = [];
    private readonly Dictionary<ReplicaId, long> _idleSince = [];
    private readonly Dictionary<ReplicaId, long[]> _requesters = [];
    private readonly HashSet<ReplicaId> _pinned = [];
    private readonly HashSet<ReplicaId> _planned = [];
    private readonly HashSet<ReplicaId> _retained = [];
    private long _keepAliveUs = settings.KeepAliveUs;
    private long _replayedBytes;

    public MemoryBooks Memory { get; } = new(settings);

    public Dictionary<long, (ReplicaId[] Replicas, long DeadlineUs)> Waiting { get; } = [];

    public Dictionary<long, ReplicaId[]> Running { get; } = [];

    public void Check(ResidencyState state, ResidencyEvent change, long nowUs, ResidencyEffects effects)
    {
        if (change.Kind is ResidencyEventKind.Want or ResidencyEventKind.Acquire)
        {
            Waiting.Add(change.Id, (change.Replicas.ToArray().Distinct().ToArray(), change.TimeUs));
        }

        if (change.Kind == ResidencyEventKind.Unpin)
        {
            _pinned.Remove(change.Replica);
        }

        NotePlan(change, effects);
        CheckCancellations(change, effects);
        foreach (ResidencyTransition transition in effects.Transitions)
        {
            CheckTransition(transition, change, nowUs);
        }

        foreach (ResidencyEffect command in effects.Commands)
        {
            Memory.Do(command);
            EndWait(command, change, nowUs);
        }

        NoteRest(state, change, effects);
        CheckBooks(state);
    }

    private static bool IsRefused(ResidencyEffects effects, ReplicaId replica)
    {
        foreach (ResidencyEffect command in effects.Commands)
        {
            if (command.Kind == ResidencyEffectKind.RefuseRequest && command.Replica == replica)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Ends(ResidencyEffects effects, long call) => effects.Commands.ToArray()
        .Any(command => command.Id == call && command.Kind is ResidencyEffectKind.Admit or ResidencyEffectKind.Refuse);

    private void NotePlan(ResidencyEvent change, ResidencyEffects effects)
    {
        bool dropped = effects.Commands.ToArray().Any(command => command.Refusal is RefusalReason.StalePlan or RefusalReason.DeviceLost);
        if (change.Kind == ResidencyEventKind.Plan && !dropped)
        {
            _planned.Clear();
            _planned.UnionWith(change.Replicas.ToArray());
            _retained.Clear();
            _retained.UnionWith(change.Retained.ToArray().Where(replica => _states.GetValueOrDefault(replica) != ReplicaState.Absent));
            _keepAliveUs = change.TimeUs;
        }
        else if (change.Kind is ResidencyEventKind.ScaleToZero or ResidencyEventKind.DeviceLost)
        {
            _planned.Clear();
            _retained.Clear();
        }
    }

    private void CheckCancellations(ResidencyEvent change, ResidencyEffects effects)
    {
        foreach (ResidencyTransition transition in effects.Transitions)
        {
            if (transition.Reason != ResidencyReason.Cancelled)
            {
                continue;
            }

            bool own = change.Kind == ResidencyEventKind.Plan
                ? _requesters[transition.Replica].Length == 0
                : change.Kind == ResidencyEventKind.Cancel && _requesters[transition.Replica].Contains(change.Id);
            Assert.True(own, $"{transition}: not by whom asked for it");
            bool wanted = Waiting.Any(call => call.Value.Replicas.Contains(transition.Replica) && !Ends(effects, call.Key));
            Assert.False(wanted, $"{transition}: a call waits for it");
            Assert.DoesNotContain(transition.Replica, _planned);
        }
    }

    private void CheckTransition(ResidencyTransition transition, ResidencyEvent change, long nowUs)
    {
        Assert.Equal(_states.GetValueOrDefault(transition.Replica), transition.From);
        Assert.Equal(nowUs, transition.TimeUs);
        long since = _stateSince.GetValueOrDefault(transition.Replica);
        Assert.Equal(transition.From == ReplicaState.Absent ? 0 : nowUs - since, transition.ElapsedUs);
        _stateSince[transition.Replica] = nowUs;
        bool lost = transition.Reason == ResidencyReason.DeviceLost;
        Assert.True(!lost || change.Kind == ResidencyEventKind.DeviceLost, $"{transition}: the device is there");
        Assert.True(lost ? transition.To == ReplicaState.Absent : Legal.Contains((transition.From, transition.To)), $"{transition}");
        CheckDeparture(transition, nowUs);
        NoteArrival(transition, change, nowUs);
        _states[transition.Replica] = transition.To;
        _replayedBytes += transition.MemoryEvent?.Event switch
        {
            MemoryEvent.Load => transition.Bytes,
            MemoryEvent.Evict => -transition.Bytes,
            _ => 0,
        };
    }

    private void CheckDeparture(ResidencyTransition transition, long nowUs)
    {
        if (transition.To != ReplicaState.Absent)
        {
            return;
        }

        bool isTaken = transition.Reason is ResidencyReason.Pressure or ResidencyReason.KeepAlive;
        Assert.False(isTaken && transition.From != ReplicaState.Warm, $"{transition}: only what is warm is taken");
        bool endsPins = transition.Reason is ResidencyReason.DeviceLost or ResidencyReason.LoadFailed;
        Assert.False(!endsPins && _pinned.Contains(transition.Replica), $"{transition}: it is pinned");
        _pinned.Remove(transition.Replica);
        if (transition.Reason == ResidencyReason.KeepAlive)
        {
            Assert.DoesNotContain(transition.Replica, _planned);
            Assert.DoesNotContain(transition.Replica, _retained);
            Assert.True(nowUs - _idleSince[transition.Replica] >= _keepAliveUs, $"{transition}: idle too short");
        }

        _retained.Remove(transition.Replica);
    }

    private void NoteArrival(ResidencyTransition transition, ResidencyEvent change, long nowUs)
    {
        if (transition.To == ReplicaState.Warm)
        {
            _idleSince[transition.Replica] = nowUs;
            Memory.Loads.Remove(transition.Replica);
        }
        else if (transition.To == ReplicaState.Loading)
        {
            _requesters[transition.Replica] = transition.Reason switch
            {
                ResidencyReason.PreWarm => [change.Id],
                ResidencyReason.Demand =>
                    [.. Waiting.Where(call => call.Value.Replicas.Contains(transition.Replica)).Select(call => call.Key)],
                _ => [],
            };
        }
        else if (transition is { To: ReplicaState.Absent, Reason: ResidencyReason.LoadFailed })
        {
            Memory.Loads.Remove(transition.Replica);
        }
    }

    private void EndWait(ResidencyEffect command, ResidencyEvent change, long nowUs)
    {
        if (command.Kind is not (ResidencyEffectKind.Admit or ResidencyEffectKind.Refuse))
        {
            return;
        }

        Assert.True(Waiting.Remove(command.Id, out (ReplicaId[] Replicas, long DeadlineUs) call), $"{command}: the call does not wait");
        if (command.Kind == ResidencyEffectKind.Admit)
        {
            bool waited = change.Kind != ResidencyEventKind.Acquire || change.Id != command.Id;
            Assert.True(!waited || nowUs < call.DeadlineUs, $"{command}: admitted past its deadline");
            Running.Add(command.Id, call.Replicas);
        }
        else
        {
            Assert.NotEqual(RefusalReason.None, command.Refusal);
            Assert.True(command.Refusal != RefusalReason.Deadline || nowUs >= call.DeadlineUs, $"{command}: refused before its deadline");
            bool hasNumbers = command.Refusal is RefusalReason.OverBudget or RefusalReason.NoRoom;
            Assert.Equal(hasNumbers, command.Bytes > command.LimitBytes);
        }
    }

    private void NoteRest(ResidencyState state, ResidencyEvent change, ResidencyEffects effects)
    {
        switch (change.Kind)
        {
            case ResidencyEventKind.Release:
                Running.Remove(change.Id);
                break;
            case ResidencyEventKind.Pin when !IsRefused(effects, change.Replica):
                _pinned.Add(change.Replica);
                break;
            case ResidencyEventKind.DeviceLost:
                Running.Clear();
                Memory.LoseDevice();
                Assert.True(state.IsLost);
                break;
            default:
                break;
        }
    }

    private void CheckBooks(ResidencyState state)
    {
        Assert.Equal(Memory.ReservedBytes, state.ReservedBytes);
        Assert.Equal(Memory.ResidentBytes, state.ResidentBytes);
        Assert.Equal(_replayedBytes, state.ResidentBytes);
        Assert.InRange(state.ReservedBytes, state.ResidentBytes, settings.BudgetBytes);
        Assert.Equal(Waiting.Count, state.WaitingCalls);
        Assert.Equal(Waiting.Count == 0 ? long.MaxValue : Waiting.Values.Min(call => call.DeadlineUs), state.Calls.EarliestDeadlineUs);
        Dictionary<ReplicaId, ReplicaStatus> all = state.Replicas().ToDictionary(item => item.Replica);
        Assert.All(all.Keys, replica => Assert.True(state.Knows(replica)));
        Assert.Equal(
            _states.Where(entry => entry.Value != ReplicaState.Absent).ToHashSet(),
            all.Select(item => KeyValuePair.Create(item.Key, item.Value.State)).ToHashSet());
        Assert.All(all.Values, item => Assert.Equal(_planned.Contains(item.Replica), item.IsPlanned));
        Assert.Equal(all.Values.Where(item => item.State == ReplicaState.Loading).Sum(item => item.Bytes), state.LoadingBytes);
        Assert.Equal(_pinned, all.Values.Where(item => item.IsPinned).Select(item => item.Replica).ToHashSet());
        foreach (ReplicaId held in Running.Values.SelectMany(replicas => replicas))
        {
            Assert.True(all[held].State is ReplicaState.Busy or ReplicaState.Draining, $"{held} is held and {all[held].State}");
        }
    }
}
