using DaprMoE.Experts;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Embedded.Tests;

public sealed unsafe class InProcessTransportTests
{
    [Fact]
    public void Wait_CallForDeviceOne_ReachesItWithoutCopies()
    {
        AnsweringDevice[] devices = [new("a", default), new("b", new ExpertOutcome(ExpertOutcomeKind.Done, ComputeUs: 3, LoadUs: 4, ColdStarts: 2))];
        using ExpertHost host = new(devices);
        float[] input = [1f, 2f];
        float[] output = new float[4];
        fixed (float* x = input)
        fixed (float* y = output)
        {
            LayerAssignments all = new(2) { Layer = 5, HiddenSize = 2, TopK = 2, Count = 2, InputRows = 1, Input = x, Output = y };
            ExpertCall call = new(device: 1, maxGroups: 2) { Assignments = all, Id = 9, Timeout = TimeSpan.FromSeconds(2) };
            call.Add(new ReplicaGroup(0, 0, 0, 1));
            call.Add(new ReplicaGroup(1, 0, 1, 1));
            InProcessTransport transport = new(host);
            transport.Start(call);
            Assert.Equal(CallOutcome.Done, transport.Wait(call));
            Assert.Equal(new CallFigures(3, 4, 2), call.Figures);
            Assert.Equal((nint)y, devices[1].Output);
        }

        Assert.Equal((9, 5, 2, TimeSpan.FromSeconds(2)), devices[1].Started);
        Assert.Equal([9f, 9f, 10f, 10f], output);
        Assert.Equal(default, devices[0].Started);
    }

    [Theory]
    [InlineData(ExpertOutcomeKind.Refused, CallOutcome.Refused)]
    [InlineData(ExpertOutcomeKind.TimedOut, CallOutcome.TimedOut)]
    [InlineData(ExpertOutcomeKind.DeviceLost, CallOutcome.DeviceLost)]
    public void Wait_DeviceDoesNotCompute_TellsWhy(ExpertOutcomeKind kind, CallOutcome expected)
    {
        using ExpertHost host = new([new AnsweringDevice("a", new ExpertOutcome(kind, LoadUs: 7))]);
        float value = 0;
        LayerAssignments all = new(1) { HiddenSize = 1, TopK = 1, InputRows = 1, Input = &value, Output = &value };
        ExpertCall call = new(device: 0, maxGroups: 1) { Assignments = all };
        InProcessTransport transport = new(host);
        transport.Start(call);
        Assert.Equal(expected, transport.Wait(call));
        Assert.Equal(new CallFigures(0, 7, 0), call.Figures);
    }

    /// <summary>Answers each row of expert e with the call's id + e, and ends each call as told.</summary>
    private sealed class AnsweringDevice(string name, ExpertOutcome outcome) : IExpertDevice
    {
        public string Name => name;

        public DeviceMemory Memory => default;

        public long? PlanVersion => null;

        public (long Call, int Layer, int Groups, TimeSpan Timeout) Started { get; private set; }

        public nint Output { get; private set; }

        public void Start(long call, int layer, ReadOnlySpan<ReplicaGroup> groups, TimeSpan timeout) =>
            Started = (call, layer, groups.Length, timeout);

        public ExpertOutcome Forward(long call, in ExpertWork work)
        {
            fixed (float* output = work.Output)
            {
                Output = (nint)output;
            }

            foreach (ReplicaGroup group in work.Groups)
            {
                work.Output.Slice(group.First * 2, group.Count * 2).Fill(call + group.Expert);
            }

            return outcome;
        }

        public RequestAnswer PreWarm(long requester, ReplicaId replica) => default;

        public void Cancel(long requester, ReplicaId replica)
        {
        }

        public IReadOnlyList<ReplicaRefusal> Plan(
        long version, ReadOnlyMemory<ReplicaId> replicas, TimeSpan keepAlive, ReadOnlyMemory<ReplicaId> retained = default) => [];

        public void Forecast(int layer, ReadOnlyMemory<float> chances)
        {
        }

        public RequestAnswer Drain(ReplicaId replica) => default;

        public RequestAnswer Pin(ReplicaId replica) => default;

        public void Unpin(ReplicaId replica)
        {
        }

        public void ScaleToZero()
        {
        }

        public IReadOnlyList<ReplicaStatus> Replicas() => [];

        public void Dispose()
        {
        }
    }
}
