using DaprMoE.Inference;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Dispatch.Tests;

public sealed class MoeDispatcherTests
{
    private const int Hidden = 2;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Forward_AnyNumberOfDevices_CombinesTheSameRows(int devices)
    {
        RecordingTransport transport = new();
        Assert.Equal([31f, 31f, 12f, 12f], Forward(transport, devices, experts: [3, 1, 0, 2], weights: [0.75f, 0.25f, 0.5f, 0.5f]));
    }

    [Fact]
    public void Forward_TwoDevices_SendsEachItsExpertsInOneCall()
    {
        RecordingTransport transport = new();
        Forward(transport, devices: 2, experts: [3, 1, 0, 2], weights: [0.75f, 0.25f, 0.5f, 0.5f]);
        Assert.Equal([(0, "0:1 1:1"), (1, "2:1 3:1")], transport.Calls);
    }

    [Fact]
    public void Forward_TwoTermsOfVeryDifferentSize_AreSummedInAscendingExpert()
    {
        // With k = 3 the tree is (t0 + t1) + t2 over ascending experts: (1e8 - 1e8) + 1 = 1, in any other order 0.
        RecordingTransport transport = new() { Rows = { [0] = 1e8f, [1] = -1e8f, [2] = 1f } };
        Assert.Equal([1f, 1f], Forward(transport, devices: 1, experts: [2, 0, 1], weights: [1f, 1f, 1f], topK: 3));
    }

    [Fact]
    public void Forward_SteadyState_AllocatesNothing()
    {
        using WorkerPool workers = new(1);
        using MoeDispatcher dispatcher = Create(new ConstantTransport(), devices: 2, workers);
        float[] output = new float[4];
        Run(dispatcher, [3, 1, 0, 2], [0.75f, 0.25f, 0.5f, 0.5f], 2, output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(dispatcher, [3, 1, 0, 2], [0.75f, 0.25f, 0.5f, 0.5f], 2, output);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static float[] Forward(IExpertTransport transport, int devices, int[] experts, float[] weights, int topK = 2)
    {
        using WorkerPool workers = new(2);
        using MoeDispatcher dispatcher = Create(transport, devices, workers);
        float[] output = new float[experts.Length / topK * Hidden];
        Run(dispatcher, experts, weights, topK, output);
        return output;
    }

    private static MoeDispatcher Create(IExpertTransport transport, int devices, WorkerPool workers) => new(
        transport, new Routes(RoutingTable.Static([4], devices)), workers, VectorWidths.Best, new DispatchLimits(MaxRows: 4, MaxTopK: 4, MaxExperts: 4, Hidden));

    private static void Run(MoeDispatcher dispatcher, ReadOnlySpan<int> experts, ReadOnlySpan<float> weights, int topK, Span<float> output)
    {
        Span<float> input = stackalloc float[output.Length];
        dispatcher.Forward(new MoeLayerCall
        {
            Layer = 0,
            HiddenSize = Hidden,
            TopK = topK,
            Input = input,
            Experts = experts,
            Weights = weights,
            Output = output,
        });
    }

    /// <summary>Answers the rows of experts 0 to 3 with 8, 4, 16 and 40, or with what a test says.</summary>
    private sealed class RecordingTransport : IExpertTransport
    {
        public string Name => "recording";

        public Dictionary<int, float> Rows { get; } = [];

        public List<(int Device, string Groups)> Calls { get; } = [];

        public void Start(ExpertCall call) =>
            Calls.Add((call.Device, string.Join(' ', call.Groups.ToArray().Select(group => $"{group.Expert}:{group.Count}"))));

        public CallOutcome Wait(ExpertCall call)
        {
            foreach (ReplicaGroup group in call.Groups)
            {
                float row = Rows.TryGetValue(group.Expert, out float set) ? set : new[] { 8f, 4f, 16f, 40f }[group.Expert];
                Output(call.Assignments, group).Fill(row);
            }

            return CallOutcome.Done;
        }
    }

    private sealed class ConstantTransport : IExpertTransport
    {
        public string Name => "constant";

        public void Start(ExpertCall call)
        {
        }

        public CallOutcome Wait(ExpertCall call)
        {
            foreach (ReplicaGroup group in call.Groups)
            {
                Output(call.Assignments, group).Fill(1);
            }

            return CallOutcome.Done;
        }
    }

    private static unsafe Span<float> Output(LayerAssignments all, ReplicaGroup group) =>
        new(all.Output + (group.First * Hidden), group.Count * Hidden);
}
