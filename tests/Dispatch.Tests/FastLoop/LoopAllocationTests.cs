using DaprMoE.Inference;
using DaprMoE.Predictors;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Dispatch.Tests;

/// <summary>A step of the token loop allocates nothing.</summary>
public sealed class LoopAllocationTests
{
    [Theory]
    [InlineData("static")]
    [InlineData("eplb")]
    [InlineData("moeless")]
    [InlineData("auto")]
    public void Run_SteadyState_AllocatesNothing(string policy)
    {
        const int Experts = 16;
        LayerCase layer = new(tokens: 32, topK: 4, Experts, seed: 5);
        LiveReplicas replicas = new([Experts, Experts], [1, 1], [12, 12, 12, 12]);
        using FastLoop loop = new(new FastLoopSetup
        {
            Replicas = replicas,
            Predictor = new SwingingPredictor(),
            WarmUps = new SilentWarmUps(),
            Policy = policy,
            TopK = 4,
            Observer = new Listener(),
        });
        using WorkerPool workers = new(1);
        Routes routes = new(RoutingTable.Static([Experts, Experts], devices: 4));
        using MoeDispatcher dispatcher = new(
            new SilentDevices(), routes, workers, VectorWidths.Best, layer.Limits, new DispatchOptions { Loop = loop });
        float[] output = new float[layer.Tokens * LayerCase.Hidden];
        int[] tokens = new int[layer.Tokens];
        for (int step = 0; step < 20; step++)
        {
            Step(step);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 20; step < 40; step++)
        {
            Step(step);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        // Replicas come and go meanwhile, at four times the pace of steps.
        void Step(int step)
        {
            for (int i = 0; i < 4; i++)
            {
                int expert = ((4 * step) + i) % Experts;
                Move(replicas, step % 2, expert, step % 8 < 4);
            }

            dispatcher.BeginIteration(new ForwardRows { Tokens = tokens, Runs = [] });
            layer.RunInto(dispatcher, output, layer: 0);
            layer.RunInto(dispatcher, output, layer: 1);
        }
    }

    private static void Move(LiveReplicas replicas, int layer, int expert, bool comes) => replicas.Moved(new ResidencyTransition(
        0, expert % 4, "ram", new ReplicaId(new ExpertId(layer, expert), 0),
        comes ? ReplicaState.Loading : ReplicaState.Warm, comes ? ReplicaState.Warm : ReplicaState.Absent, ResidencyReason.Demand, 0, 0));

    /// <summary>Another hot expert each time, so that wishes come and are taken back.</summary>
    private sealed class SwingingPredictor : ILoadPredictor
    {
        private int _turn;

        public string Name => "swinging";

        public ForecastBasis Forecast(in ForecastInput input, Span<float> loads)
        {
            loads.Fill(1);
            loads[_turn++ % loads.Length] = 100;
            return ForecastBasis.Last;
        }

        public void Observe(int layer, ReadOnlySpan<int> loads)
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class Listener : IFastLoopObserver
    {
        public void Decided(in LayerDecision decision)
        {
        }
    }
}
