using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Embedded.Tests;

public sealed class InProcessTransportTests
{
    private static readonly ModelDescription TwoExperts = new()
    {
        Family = "test",
        HiddenSize = 2,
        VocabularySize = 4,
        MaxPositions = 8,
        NormEpsilon = 1e-6f,
        TiedEmbeddings = true,
        Attention = new AttentionDescription
        {
            Heads = 1,
            KvHeads = 1,
            HeadSize = 2,
            Scale = 1,
            Biases = false,
            QueryKeyNorm = false,
            Rope = new RopeDescription([1], 1),
        },
        Layers = [new MoeFeedForward { Experts = 2, TopK = 1, FfnSize = 2, Gate = GateKind.Softmax }],
        EndTokens = [],
    };

    [Fact]
    public unsafe void Wait_CallForDeviceOne_ReachesItsBackendWithoutCopies()
    {
        RecordingBackend[] backends = [new RecordingBackend(10), new RecordingBackend(20)];
        using ExpertHost host = new([.. backends.Select(backend => new ExpertDevice(backend, TwoExperts))]);
        float[] input = [1f, 2f];
        float[] output = new float[4];
        fixed (float* x = input)
        fixed (float* y = output)
        {
            LayerAssignments all = new(2) { HiddenSize = 2, TopK = 2, Count = 2, InputRows = 1, Input = x, Output = y };
            ExpertCall call = new(device: 1, maxGroups: 2) { Assignments = all };
            call.Add(new ReplicaGroup(0, 0, 0, 1));
            call.Add(new ReplicaGroup(1, 0, 1, 1));
            InProcessTransport transport = new(host);
            transport.Start(call);
            Assert.Equal(CallOutcome.Done, transport.Wait(call));
        }

        Assert.Equal([20f, 20f, 21f, 21f], output);
        Assert.Equal(0, backends[0].Calls);
    }

    [Fact]
    public void Device_Mapped_LoadsEveryExpertAtTheStart()
    {
        using RecordingBackend backend = new(0);
        using ExpertDevice device = new(backend, TwoExperts);
        Assert.Equal([new ExpertId(0, 0), new ExpertId(0, 1)], backend.Loaded);
        Assert.Equal(2, device.ResidentBytes);
    }

    /// <summary>Answers each row of expert e with number + e.</summary>
    private sealed class RecordingBackend(float number) : IExpertBackend
    {
        public string Name => "recording";

        public long BytesHeld => Loaded.Count;

        public List<ExpertId> Loaded { get; } = [];

        public int Calls { get; private set; }

        public void Load(ExpertId expert) => Loaded.Add(expert);

        public void Free(ExpertId expert) => Loaded.Remove(expert);

        public void Forward(in ExpertWork work)
        {
            Calls++;
            foreach (ReplicaGroup group in work.Groups)
            {
                work.Output.Slice(group.First * 2, group.Count * 2).Fill(number + group.Expert);
            }
        }

        public void Dispose()
        {
        }
    }
}
