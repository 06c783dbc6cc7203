using DaprMoE.Experts;
using DaprMoE.Scheduling;

namespace DaprMoE.DirectTransport.Tests;

/// <summary>A device that answers each row with itself plus the expert's number.</summary>
internal sealed class FakeDevice : IExpertDevice
{
    /// <summary>Runs before a call is computed.</summary>
    public Action Before { get; set; } = () => { };

    public ExpertOutcome Outcome { get; set; } = new(ExpertOutcomeKind.Done, ComputeUs: 7);

    /// <summary>Calls that were started and have not ended.</summary>
    public int OpenCalls { get; private set; }

    public List<string> Asked { get; } = [];

    public string Name => "host-0-0";

    public DeviceMemory Memory => new(1000, 100, 200, 0);

    public long? PlanVersion => 6;

    public void Start(long call, int layer, ReadOnlySpan<ReplicaGroup> groups, TimeSpan timeout) => OpenCalls++;

    public ExpertOutcome Forward(long call, in ExpertWork work)
    {
        Before();
        foreach (ReplicaGroup group in work.Groups)
        {
            for (int pair = group.First; pair < group.First + group.Count; pair++)
            {
                for (int i = 0; i < Model.Hidden; i++)
                {
                    work.Output[(pair * Model.Hidden) + i] = work.Input[(work.Rows[pair] * Model.Hidden) + i] + group.Expert;
                }
            }
        }

        OpenCalls--;
        return Outcome;
    }

    public RequestAnswer PreWarm(long requester, ReplicaId replica)
    {
        Asked.Add($"warm {replica}");
        return replica.Index > 0 ? new RequestAnswer(RefusalReason.NoRoom, 300, 200) : default;
    }

    public void Cancel(long requester, ReplicaId replica) => Asked.Add($"cancel {replica}");

    public IReadOnlyList<ReplicaRefusal> Plan(
        long version, ReadOnlyMemory<ReplicaId> replicas, TimeSpan keepAlive, ReadOnlyMemory<ReplicaId> retained = default)
    {
        Asked.Add($"plan {version} {replicas.Length} {keepAlive} {retained.Length}");
        return version > 6 ? [] : [new ReplicaRefusal(default, new RequestAnswer(RefusalReason.StalePlan))];
    }

    public void Forecast(int layer, ReadOnlyMemory<float> chances)
    {
    }

    public RequestAnswer Drain(ReplicaId replica)
    {
        Asked.Add($"drain {replica}");
        return default;
    }

    public RequestAnswer Pin(ReplicaId replica) => default;

    public void Unpin(ReplicaId replica)
    {
    }

    public void ScaleToZero() => Asked.Add("evict");

    public IReadOnlyList<ReplicaStatus> Replicas() =>
        [new(new ReplicaId(new ExpertId(1, 3), 0), ReplicaState.Busy, default, 100, 2, IsPinned: true, IsPlanned: false, IdleSinceUs: 0)];

    public void Dispose()
    {
    }
}
