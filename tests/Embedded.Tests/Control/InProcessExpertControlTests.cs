using DaprMoE.Experts;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Embedded.Tests.Control;

public sealed class InProcessExpertControlTests : IDisposable
{
    private static readonly ReplicaId Known = new(new ExpertId(0, 1), 0);
    private static readonly ReplicaId Unknown = new(new ExpertId(0, 9), 0);

    private readonly KnowingDevice _device = new();
    private readonly ExpertHost _host;
    private readonly InProcessExpertControl _control;

    public InProcessExpertControlTests()
    {
        _host = new ExpertHost([_device]);
        _control = new InProcessExpertControl(_host, new FakeTimeProvider());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Requests_ForReplicas_ReachTheDeviceAndNameWhatIsRefused()
    {
        Assert.Equal(["Device a refuses L0.E9.R0: unknown-expert."], await _control.WarmAsync(0, [Known, Unknown], Cancellation));
        Assert.Equal(["Device a refuses L0.E9.R0: unknown-expert."], await _control.DrainAsync(0, [Known, Unknown], Cancellation));
        Assert.Empty(await _control.CancelAsync(0, [Known], Cancellation));
        Assert.Empty(await _control.EvictAsync(0, Cancellation));
        Assert.Equal(["pre-warm", "pre-warm", "drain", "drain", "cancel", "scale to zero"], _device.Asked);
    }

    [Fact]
    public async Task Plan_StaleOrWithoutRoom_SaysWhy()
    {
        Assert.Equal(
            ["Device a refuses L0.E9.R0: no-room (8 bytes needed, 4 to be had)."],
            await _control.PlanAsync(0, 5, [Known, Unknown], TimeSpan.FromSeconds(1), [], Cancellation));
        Assert.Equal(
            ["Device a refuses plan 5, since it follows 5: stale-plan."],
            await _control.PlanAsync(0, 5, [Known], TimeSpan.FromSeconds(1), [], Cancellation));
    }

    [Fact]
    public async Task State_Device_IsWhatItHolds()
    {
        await _control.PlanAsync(0, 5, [Known], TimeSpan.FromSeconds(1), [], Cancellation);
        DeviceSnapshot state = Assert.Single(await _control.StateAsync(Cancellation));
        Assert.Equal(("a", true, 5L), (state.Name, state.IsAlive, state.PlanVersion));
        ReplicaSnapshot replica = Assert.Single(state.Replicas);
        Assert.Equal((Known, ReplicaState.Busy, 1), (replica.Replica, replica.State, replica.Calls));
    }

    private sealed class KnowingDevice : IExpertDevice
    {
        public List<string> Asked { get; } = [];

        public string Name => "a";

        public DeviceMemory Memory => default;

        public long? PlanVersion { get; private set; }

        public RequestAnswer PreWarm(long requester, ReplicaId replica) => Answer("pre-warm", replica);

        public void Cancel(long requester, ReplicaId replica) => Asked.Add("cancel");

        public RequestAnswer Drain(ReplicaId replica) => Answer("drain", replica);

        public void ScaleToZero() => Asked.Add("scale to zero");

        public IReadOnlyList<ReplicaRefusal> Plan(
        long version, ReadOnlyMemory<ReplicaId> replicas, TimeSpan keepAlive, ReadOnlyMemory<ReplicaId> retained = default)
        {
            if (version <= PlanVersion)
            {
                return [new ReplicaRefusal(default, new RequestAnswer(RefusalReason.StalePlan))];
            }

            PlanVersion = version;
            return [.. replicas.ToArray().Where(replica => replica != Known)
                .Select(replica => new ReplicaRefusal(replica, new RequestAnswer(RefusalReason.NoRoom, Bytes: 8, LimitBytes: 4)))];
        }

        public IReadOnlyList<ReplicaStatus> Replicas() =>
            [new ReplicaStatus(Known, ReplicaState.Busy, default, Bytes: 4, Calls: 1, IsPinned: false, IsPlanned: true, IdleSinceUs: 0)];

        public void Start(long call, int layer, ReadOnlySpan<ReplicaGroup> groups, TimeSpan timeout) => throw new NotSupportedException();

        public ExpertOutcome Forward(long call, in ExpertWork work) => throw new NotSupportedException();

        public void Forecast(int layer, ReadOnlyMemory<float> chances) => throw new NotSupportedException();

        public RequestAnswer Pin(ReplicaId replica) => throw new NotSupportedException();

        public void Unpin(ReplicaId replica) => throw new NotSupportedException();

        public void Dispose()
        {
        }

        private RequestAnswer Answer(string request, ReplicaId replica)
        {
            Asked.Add(request);
            return replica == Known ? default : new RequestAnswer(RefusalReason.UnknownExpert);
        }
    }
}
