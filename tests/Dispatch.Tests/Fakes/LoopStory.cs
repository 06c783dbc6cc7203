using DaprMoE.Inference;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Dispatch.Tests;

/// <summary>Two layers of four experts over some devices, with a fast loop whose surroundings a test scripts.</summary>
internal sealed class LoopStory : IDisposable
{
    public const int Experts = 4;

    /// <summary>Bytes of an expert.</summary>
    public const long Bytes = 100;

    private static readonly int[] TokenIds = [5, 6, 7, 8, 9, 10, 11, 12];

    private readonly WorkerPool _workers = new(1);
    private readonly MoeDispatcher _dispatcher;
    private readonly LayerCase _layer = new(tokens: 8, topK: 2, Experts, seed: 4);

    /// <param name="policy">The policy to begin with.</param>
    /// <param name="devices">Devices.</param>
    /// <param name="slots">Experts that each has room for.</param>
    /// <param name="change">Another setup.</param>
    public LoopStory(string policy, int devices = 2, int slots = 8, Func<FastLoopSetup, FastLoopSetup>? change = null)
    {
        Replicas = new LiveReplicas([Experts, Experts], [Bytes, Bytes], [.. Enumerable.Repeat<long?>(slots * Bytes, devices)]);
        Routes = new Routes(RoutingTable.Static([Experts, Experts], devices));
        FastLoopSetup setup = new()
        {
            Replicas = Replicas,
            Predictor = Predictor,
            WarmUps = WarmUps,
            Policy = policy,
            TopK = 2,
            Clock = Clock,
            Observer = Decisions,
        };
        Loop = new FastLoop(change?.Invoke(setup) ?? setup);
        DispatchOptions options = new() { Clock = Clock, Observer = Observer, Loop = Loop };
        _dispatcher = new MoeDispatcher(Devices, Routes, _workers, VectorWidths.Best, _layer.Limits, options);
    }

    public LiveReplicas Replicas { get; }

    public FastLoop Loop { get; }

    public Routes Routes { get; }

    public FakeDevices Devices { get; } = new();

    public FakeWarmUps WarmUps { get; } = new();

    public ScriptedPredictor Predictor { get; } = new();

    public DecisionLog Decisions { get; } = new();

    public LastLayer Observer { get; } = new();

    public FakeTimeProvider Clock { get; } = new();

    /// <summary>A replica of a layer is warm on a device from here on.</summary>
    public LoopStory Warm(int layer, params (int Expert, int Index, int Device)[] replicas)
    {
        foreach ((int expert, int index, int device) in replicas)
        {
            Move(layer, expert, index, device, ReplicaState.Absent, ReplicaState.Loading);
            Move(layer, expert, index, device, ReplicaState.Loading, ReplicaState.Warm);
        }

        return this;
    }

    /// <summary>One replica of each expert, at its home.</summary>
    public LoopStory WarmAll(int layer) =>
        Warm(layer, [.. Enumerable.Range(0, Experts).Select(e => (e, 0, StaticPlacement.DeviceOf(e, Experts, Replicas.DeviceCount)))]);

    public void Move(int layer, int expert, int index, int device, ReplicaState from, ReplicaState to) => Replicas.Moved(
        new ResidencyTransition(0, device, "ram", new ReplicaId(new ExpertId(layer, expert), index), from, to, ResidencyReason.Demand, Bytes, 0));

    /// <summary>A plan of the slow loop with these replicas of layer 0; layer 1 at home.</summary>
    public PlanInForce Plan(long version, params (int Expert, int Index, int Device)[] replicas)
    {
        int devices = Replicas.DeviceCount;
        RoutingTable home = RoutingTable.Static([Experts], devices);
        return new PlanInForce(
            version, [RoutingTables.Of(Experts, devices, alive: null, replicas).Layer(0), home.Layer(0)], TimeSpan.FromSeconds(2));
    }

    /// <summary>Runs an iteration and checks its bits.</summary>
    /// <returns>The calls of layer 0, then of layer 1.</returns>
    public (string[] First, string[] Second) Run()
    {
        Devices.Calls.Clear();
        _dispatcher.BeginIteration(new ForwardRows { Tokens = TokenIds, Runs = [] });
        LayerCase.AssertSameBits(_layer.Expected(), _layer.Run(_dispatcher, layer: 0));
        string[] first = [.. Devices.Calls];
        Devices.Calls.Clear();
        LayerCase.AssertSameBits(_layer.Expected(), _layer.Run(_dispatcher, layer: 1));
        return (first, [.. Devices.Calls]);
    }

    public void Dispose()
    {
        Devices.AssertIdle();
        _dispatcher.Dispose();
        Loop.Dispose();
        _workers.Dispose();
    }
}
