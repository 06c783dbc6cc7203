using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// A device without a budget: every expert is there from the start, since the map of the packed file is its memory and the kernel brings
/// pages in when they are read. Calls go straight to the backend. Scale to zero and drains make the kernel drop pages.
/// </summary>
internal sealed class MappedDevice : IExpertDevice
{
    private readonly DeviceSettings _settings;
    private readonly IExpertBackend _backend;
    private readonly DeviceClock _clock;
    private readonly TransitionFeed _feed;
    private readonly MappedExperts _experts;
    private readonly Lock _gate = new();
    private long _planVersion = long.MinValue;

    // Whether a call has to look for dropped experts: nearly never.
    private volatile bool _anyDropped;

    /// <param name="settings">Name and layers; no budget.</param>
    /// <param name="backend">Computes the experts, over the map; the device owns it.</param>
    /// <param name="time">The time.</param>
    /// <param name="listener">Hears of transitions.</param>
    public MappedDevice(DeviceSettings settings, IExpertBackend backend, TimeProvider time, IResidencyListener? listener)
    {
        (_settings, _backend, _clock) = (settings, backend, new DeviceClock(time));
        _feed = new TransitionFeed(settings.Name, listener);
        _experts = new MappedExperts(settings, backend, _clock, _feed);
        _feed.Deliver();
    }

    public string Name => _settings.Name;

    public DeviceMemory Memory
    {
        get
        {
            lock (_gate)
            {
                return new DeviceMemory(BudgetBytes: null, _experts.ResidentBytes, _experts.ResidentBytes, LoadingBytes: 0);
            }
        }
    }

    public long? PlanVersion
    {
        get
        {
            lock (_gate)
            {
                return _planVersion == long.MinValue ? null : _planVersion;
            }
        }
    }

    public void Start(long call, int layer, ReadOnlySpan<ReplicaGroup> groups, TimeSpan timeout)
    {
        if (_anyDropped)
        {
            BringBack(layer, groups);
        }
    }

    public ExpertOutcome Forward(long call, in ExpertWork work)
    {
        long fromUs = _clock.NowUs;
        _backend.Forward(in work);
        return new ExpertOutcome(ExpertOutcomeKind.Done, ComputeUs: _clock.NowUs - fromUs);
    }

    public RequestAnswer PreWarm(long requester, ReplicaId replica)
    {
        lock (_gate)
        {
            if (!_experts.Knows(replica))
            {
                return new RequestAnswer(RefusalReason.UnknownExpert);
            }

            if (_experts.IsDropped(replica))
            {
                _experts.BringBack(replica, ResidencyReason.PreWarm);
                _anyDropped = _experts.Dropped > 0;
            }
        }

        _feed.Deliver();
        return default;
    }

    public void Cancel(long requester, ReplicaId replica)
    {
    }

    public IReadOnlyList<ReplicaRefusal> Plan(
        long version, ReadOnlyMemory<ReplicaId> replicas, TimeSpan keepAlive, ReadOnlyMemory<ReplicaId> retained = default)
    {
        lock (_gate)
        {
            if (version <= _planVersion)
            {
                return [new ReplicaRefusal(default, new RequestAnswer(RefusalReason.StalePlan))];
            }

            _planVersion = version;
            return
            [
                .. from replica in replicas.ToArray()
                   where !_experts.Knows(replica)
                   select new ReplicaRefusal(replica, new RequestAnswer(RefusalReason.UnknownExpert)),
            ];
        }
    }

    public void Forecast(int layer, ReadOnlyMemory<float> chances)
    {
    }

    public RequestAnswer Drain(ReplicaId replica)
    {
        lock (_gate)
        {
            RequestAnswer answer = Resident(replica);
            if (!answer.IsAccepted)
            {
                return answer;
            }

            if (_experts.IsPinned(replica))
            {
                return new RequestAnswer(RefusalReason.Pinned);
            }

            _experts.Drop(replica, ResidencyReason.Drain);
            _anyDropped = true;
        }

        _feed.Deliver();
        return default;
    }

    public RequestAnswer Pin(ReplicaId replica)
    {
        lock (_gate)
        {
            RequestAnswer answer = Resident(replica);
            if (answer.IsAccepted)
            {
                _experts.SetPinned(replica, isPinned: true);
            }

            return answer;
        }
    }

    public void Unpin(ReplicaId replica)
    {
        lock (_gate)
        {
            if (_experts.Knows(replica))
            {
                _experts.SetPinned(replica, isPinned: false);
            }
        }
    }

    public void ScaleToZero()
    {
        lock (_gate)
        {
            _experts.DropAll(ResidencyReason.ScaleToZero);
            _anyDropped = _experts.Dropped > 0;
        }

        _feed.Deliver();
    }

    public IReadOnlyList<ReplicaStatus> Replicas()
    {
        lock (_gate)
        {
            return _experts.Replicas();
        }
    }

    public void Dispose() => _backend.Dispose();

    private RequestAnswer Resident(ReplicaId replica) =>
        _experts.Knows(replica) && !_experts.IsDropped(replica) ? default : new RequestAnswer(RefusalReason.NotResident);

    private void BringBack(int layer, ReadOnlySpan<ReplicaGroup> groups)
    {
        lock (_gate)
        {
            foreach (ReplicaGroup group in groups)
            {
                ReplicaId replica = new(new ExpertId(layer, group.Expert), group.Index);
                if (_experts.Knows(replica) && _experts.IsDropped(replica))
                {
                    _experts.BringBack(replica, ResidencyReason.Demand);
                }
            }

            _anyDropped = _experts.Dropped > 0;
        }

        _feed.Deliver();
    }
}
