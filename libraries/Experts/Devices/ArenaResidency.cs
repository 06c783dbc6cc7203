using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// The residency of one device on real memory: applies events under a lock and does what they lead to. What blocks (reads, returning
/// pages) is the loader thread's; the listener hears of transitions after the lock is left.
/// </summary>
internal sealed class ArenaResidency : IDisposable
{
    private readonly object _gate = new();
    private readonly IExpertBackend _backend;
    private readonly DeviceClock _clock;
    private readonly ResidencyEffects _effects = new();
    private readonly ILoadQueue _queue;
    private readonly Loader? _loader;
    private readonly TickTimer _timer;
    private readonly TransitionFeed _feed;

    public ArenaResidency(ResidencySettings settings, DeviceSettings device, IExpertBackend backend, DeviceClock clock, TransitionFeed feed)
    {
        (_backend, _clock, _feed) = (backend, clock, feed);
        State = new ResidencyState(settings);
        _timer = new TickTimer(clock, () => Request(ResidencyEvent.Tick()));
        if (device.Box is { } box)
        {
            _queue = new EmulatedLink(box, _gate, backend, EndLoad);
            return;
        }

        LoadQueue queue = new();
        _queue = queue;
        _loader = new Loader(_gate, backend, queue, new ReadBudget(device.PreWarmBytesPerSecond), clock, EndLoad, Fail, device.Name);
        _loader.Start();
    }

    /// <summary>The lock that guards all below.</summary>
    public object Gate => _gate;

    /// <summary>The state machine; read and changed under the lock.</summary>
    public ResidencyState State { get; }

    /// <summary>The open calls.</summary>
    public OpenCalls Calls { get; } = new();

    /// <summary>What the last event led to; read under the lock that it was applied under.</summary>
    public ResidencyEffects Effects => _effects;

    /// <summary>Applies an event; the caller holds the lock and calls <see cref="Deliver"/> when it has left it.</summary>
    public void Apply(in ResidencyEvent change)
    {
        _effects.Clear();
        ResidencyRules.Apply(State, in change, _clock.NowUs, _effects);
        Execute();
        _feed.Add(_effects.Transitions);
        _timer.Follow(State, change.Kind);
    }

    /// <summary>Applies an event on its own, and tells the first refusal that it led to.</summary>
    public RequestAnswer Request(in ResidencyEvent change)
    {
        RequestAnswer answer = default;
        lock (_gate)
        {
            Apply(in change);
            foreach (ResidencyEffect effect in _effects.Commands)
            {
                if (effect.Kind == ResidencyEffectKind.RefuseRequest)
                {
                    answer = new RequestAnswer(effect.Refusal, effect.Bytes, effect.LimitBytes);
                    break;
                }
            }
        }

        Deliver();
        return answer;
    }

    /// <summary>A call waits for these replicas: those that are loading already are no longer ahead of time.</summary>
    public void Demand(ReadOnlySpan<ReplicaId> replicas)
    {
        if (State.LoadingBytes == 0)
        {
            return;
        }

        foreach (ReplicaId replica in replicas)
        {
            _queue.Demand(replica);
        }

        Monitor.Pulse(_gate);
    }

    /// <summary>Brings the listener what happened. Called without the lock.</summary>
    public void Deliver() => _feed.Deliver();

    /// <summary>Ends all waits and loads. Calls that compute have ended.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        Request(ResidencyEvent.DeviceLost());
        _loader?.Dispose();
        Calls.Dispose();
    }

    private void Execute()
    {
        int loading = 0;
        foreach (ResidencyEffect effect in _effects.Commands)
        {
            switch (effect.Kind)
            {
                case ResidencyEffectKind.StartLoad:
                    bool isDemand = NextLoadReason(ref loading) == ResidencyReason.Demand;
                    _queue.Add(effect.Id, effect.Replica, effect.Slot, isDemand);
                    break;
                case ResidencyEffectKind.CancelLoad:
                    _queue.Cancel(effect.Id);
                    break;
                case ResidencyEffectKind.ReturnSlot:
                    _queue.Return(effect.Slot);
                    break;
                case ResidencyEffectKind.Free:
                    Free(effect);
                    break;
                case ResidencyEffectKind.Admit when Calls.TryGet(effect.Id, out DeviceCall? admitted):
                    admitted.Admit();
                    break;
                case ResidencyEffectKind.Refuse when Calls.TryGet(effect.Id, out DeviceCall? refused):
                    refused.Refuse(in effect);
                    break;
                default:
                    break;
            }
        }

        if (!_queue.IsEmpty || _queue.Current is { IsCancelled: true })
        {
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>A failed load has nothing to free.</summary>
    private void Free(in ResidencyEffect effect)
    {
        if (_queue.Current?.Load != effect.Id)
        {
            _backend.Free(effect.Replica);
        }
    }

    /// <summary>Loads start in the order of their transitions, which say why.</summary>
    private ResidencyReason NextLoadReason(ref int from)
    {
        ReadOnlySpan<ResidencyTransition> transitions = _effects.Transitions;
        while (transitions[from].To != ReplicaState.Loading)
        {
            from++;
        }

        return transitions[from++].Reason;
    }

    /// <summary>Without its loader a device neither loads nor gives memory back: its calls are refused as those of a lost one.</summary>
    private void Fail(Exception error)
    {
        lock (_gate)
        {
            Apply(ResidencyEvent.DeviceLost());
        }

        _feed.DeviceFailed(error);
    }

    private void EndLoad(LoadJob job, bool isLoaded, Exception? error)
    {
        ReplicaId replica = job.Replica;
        bool isFailed;
        lock (_gate)
        {
            isFailed = error is not null && !job.IsCancelled;
            if (job.IsCancelled)
            {
                _queue.EndCurrent();
                if (isLoaded)
                {
                    _backend.Free(replica);
                }
            }
            else if (isFailed)
            {
                Apply(ResidencyEvent.LoadFailed(job.Load, replica));
                _queue.EndCurrent();
            }
            else if (isLoaded)
            {
                ResidencyEvent loaded = ResidencyEvent.Loaded(job.Load, replica);
                _queue.EndCurrent();
                Apply(in loaded);
            }
            else
            {
                _queue.PutBackCurrent();
            }
        }

        if (isFailed)
        {
            _feed.LoadFailed(replica, error!);
        }

        Deliver();
    }
}
