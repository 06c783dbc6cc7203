using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// A device with a memory budget: replicas are loaded into slots when calls, plans or forecasts want them, and evicted for others, by the
/// rules of residency.
/// </summary>
internal sealed class ArenaDevice : IExpertDevice
{
    // The clock may be one that is not the system's: a wait looks at it again so often.
    private const int LongestWaitMs = 100;

    private readonly DeviceSettings _settings;
    private readonly IExpertBackend _backend;
    private readonly DeviceClock _clock;
    private readonly ArenaResidency _residency;

    /// <param name="settings">Name, budget and limits.</param>
    /// <param name="backend">Holds and computes the experts; the device owns it.</param>
    /// <param name="time">The time.</param>
    /// <param name="listener">Hears of transitions.</param>
    /// <exception cref="ExpertTooLargeException">One expert is larger than the budget.</exception>
    public ArenaDevice(DeviceSettings settings, IExpertBackend backend, TimeProvider time, IResidencyListener? listener)
    {
        ResidencySettings residency = ArenaSettings.Of(settings, backend.ExpertBytes);
        (_settings, _backend, _clock) = (settings, backend, new DeviceClock(time));
        _residency = new ArenaResidency(residency, settings, backend, _clock, new TransitionFeed(settings.Name, listener));
    }

    public string Name => _settings.Name;

    public DeviceMemory Memory
    {
        get
        {
            lock (_residency.Gate)
            {
                ResidencyState state = _residency.State;
                return new DeviceMemory(_settings.BudgetBytes, state.ResidentBytes, state.ReservedBytes, state.LoadingBytes);
            }
        }
    }

    public long? PlanVersion
    {
        get
        {
            lock (_residency.Gate)
            {
                return _residency.State.PlanVersion;
            }
        }
    }

    public void Start(long call, int layer, ReadOnlySpan<ReplicaGroup> groups, TimeSpan timeout)
    {
        lock (_residency.Gate)
        {
            long deadlineUs = DeviceClock.After(_clock.NowUs, DeviceClock.Us(timeout));
            BeginWave(_residency.Calls.Open(call, layer, groups, deadlineUs));
        }

        _residency.Deliver();
        _settings.Box?.Start(this, call);
    }

    public ExpertOutcome Forward(long call, in ExpertWork work)
    {
        _settings.Box?.PassCalls();
        DeviceCall open = Open(call);
        bool isDone = false;
        try
        {
            ExpertOutcome outcome = Run(open, in work);
            isDone = outcome.Kind == ExpertOutcomeKind.Done;
            return outcome;
        }
        finally
        {
            Close(open, holdsExperts: !isDone);
        }
    }

    public RequestAnswer PreWarm(long requester, ReplicaId replica) =>
        _residency.Request(ResidencyEvent.PreWarm(RequesterId(requester), replica));

    public void Cancel(long requester, ReplicaId replica) =>
        _residency.Request(ResidencyEvent.Cancel(RequesterId(requester), replica));

    public IReadOnlyList<ReplicaRefusal> Plan(
        long version, ReadOnlyMemory<ReplicaId> replicas, TimeSpan keepAlive, ReadOnlyMemory<ReplicaId> retained = default)
    {
        List<ReplicaRefusal> refused = [];
        lock (_residency.Gate)
        {
            _residency.Apply(ResidencyEvent.Plan(version, replicas, DeviceClock.Us(keepAlive), retained));
            foreach (ResidencyEffect effect in _residency.Effects.Commands)
            {
                if (effect.Kind == ResidencyEffectKind.RefuseRequest)
                {
                    refused.Add(new(effect.Replica, new RequestAnswer(effect.Refusal, effect.Bytes, effect.LimitBytes)));
                }
            }
        }

        _residency.Deliver();
        return refused;
    }

    public void Forecast(int layer, ReadOnlyMemory<float> chances) => _residency.Request(ResidencyEvent.Forecast(layer, chances));

    public RequestAnswer Drain(ReplicaId replica) => _residency.Request(ResidencyEvent.Drain(replica));

    public RequestAnswer Pin(ReplicaId replica) => _residency.Request(ResidencyEvent.Pin(replica));

    public void Unpin(ReplicaId replica) => _residency.Request(ResidencyEvent.Unpin(replica));

    public void ScaleToZero() => _residency.Request(ResidencyEvent.ScaleToZero());

    public IReadOnlyList<ReplicaStatus> Replicas()
    {
        lock (_residency.Gate)
        {
            return _residency.State.Replicas();
        }
    }

    public void Dispose()
    {
        _residency.Dispose();
        _backend.Dispose();
    }

    /// <summary>Waits for the experts of a call's first wave; false when it is refused.</summary>
    internal bool AwaitExperts(long call) => AwaitWave(Open(call));

    /// <summary>Counts the work of a call, all its waves.</summary>
    internal void Count(long call, LayerWork work) => work.Add(_settings.Number, Open(call).Groups);

    /// <summary>Requesters and calls are one space of ids to the rules of residency; here they are two.</summary>
    private static long RequesterId(long requester)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requester);
        return ~requester;
    }

    private DeviceCall Open(long call)
    {
        lock (_residency.Gate)
        {
            return _residency.Calls.Get(call);
        }
    }

    private ExpertOutcome Run(DeviceCall call, in ExpertWork work)
    {
        long loadUs = 0;
        long computeUs = 0;
        do
        {
            long waitedFromUs = _clock.NowUs;
            bool isAdmitted = AwaitWave(call);
            long admittedUs = _clock.NowUs;
            loadUs += admittedUs - waitedFromUs;
            if (!isAdmitted)
            {
                return Refused(call) with { ComputeUs = computeUs, LoadUs = loadUs, ColdStarts = call.ColdStarts };
            }

            _backend.Forward(work with { Groups = call.Wave });
            computeUs += _clock.NowUs - admittedUs;
        }
        while (TryBeginNextWave(call));
        return new ExpertOutcome(ExpertOutcomeKind.Done, ComputeUs: computeUs, LoadUs: loadUs, ColdStarts: call.ColdStarts);
    }

    /// <summary>Waits for the wave's experts; the wait ends with the call's deadline at the latest. False when it is refused.</summary>
    private bool AwaitWave(DeviceCall call)
    {
        if (_settings.Box is { } box)
        {
            return AwaitVirtually(box.Clock, call);
        }

        while (!call.Wait(TimeSpan.FromMilliseconds(Math.Clamp((call.DeadlineUs - _clock.NowUs) / 1000 + 1, 1, LongestWaitMs))))
        {
            _residency.Request(ResidencyEvent.Tick());
        }

        return call.State == WaveState.Admitted;
    }

    /// <summary>Time passes from one thing that is due to the next, up to the deadline, which refuses the call.</summary>
    private bool AwaitVirtually(VirtualClock clock, DeviceCall call)
    {
        while (!call.Wait(TimeSpan.Zero))
        {
            // One more, since times are rounded down to microseconds.
            double deadline = (call.DeadlineUs + 1.0) / 1e6;
            if (!clock.TryRunNext(deadline))
            {
                clock.AdvanceTo(deadline);
                _residency.Request(ResidencyEvent.Tick());
            }
        }

        return call.State == WaveState.Admitted;
    }

    private bool TryBeginNextWave(DeviceCall call)
    {
        bool isLeft;
        lock (_residency.Gate)
        {
            _residency.Apply(ResidencyEvent.Release(call.Id));
            isLeft = BeginWave(call);
        }

        _residency.Deliver();
        return isLeft;
    }

    private bool BeginWave(DeviceCall call)
    {
        if (!call.TryBeginWave(_residency.State))
        {
            return false;
        }

        _residency.Apply(ResidencyEvent.Want(call.Id, call.Replicas, call.DeadlineUs));
        _residency.Demand(call.Replicas.Span);
        return true;
    }

    private void Close(DeviceCall call, bool holdsExperts)
    {
        lock (_residency.Gate)
        {
            if (holdsExperts)
            {
                _residency.Apply(ResidencyEvent.Release(call.Id));
            }

            _residency.Calls.Close(call);
        }

        _residency.Deliver();
    }

    private static ExpertOutcome Refused(DeviceCall call)
    {
        ResidencyEffect refusal = call.Refusal;
        ExpertOutcomeKind kind = refusal.Refusal switch
        {
            RefusalReason.Deadline => ExpertOutcomeKind.TimedOut,
            RefusalReason.DeviceLost => ExpertOutcomeKind.DeviceLost,
            _ => ExpertOutcomeKind.Refused,
        };
        return new ExpertOutcome(kind, refusal.Refusal, refusal.Bytes, refusal.LimitBytes);
    }
}
