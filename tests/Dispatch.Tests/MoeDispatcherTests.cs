using CsCheck;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Dispatch.Tests;

public sealed class MoeDispatcherTests : IDisposable
{
    private readonly WorkerPool _workers = new(2);
    private readonly FakeDevices _devices = new();

    public static TheoryData<string> Rules => [.. SplitRules.Names];

    public void Dispose()
    {
        _devices.AssertIdle();
        _workers.Dispose();
    }

    /// <summary>Random replicas, devices, loads and top-k, by every rule, with and without sums made on the devices.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void Forward_AnySplit_HasTheBitsOfOneCombine(string rule) =>
        Gen.Select(Gen.Int[0, 3].Select(i => new[] { 2, 3, 4, 8 }[i]), Gen.Int[1, 40], Gen.Int[8, 24], Gen.Int[1, 5], Gen.Int[0, 1000], Gen.Bool).Sample(
            (topK, tokens, experts, devices, seed, preSums) =>
            {
                LayerCase layer = new(tokens, topK, experts, seed);
                FakeDevices transport = new() { PreSums = preSums };
                Routes routes = new(RoutingTables.Random(experts, devices, seed));
                DispatchOptions options = new()
                {
                    SplitRule = SplitRules.Get(rule),
                    Split = new SplitContext(TimeModel.Roofline(1e6, 1e6, 1e9, 3e9, 0)),
                };
                using MoeDispatcher dispatcher = new(transport, routes, _workers, VectorWidths.Best, layer.Limits, options);
                LayerCase.AssertSameBits(layer.Expected(), layer.Run(dispatcher));
                transport.AssertIdle();
            }, iter: 60);

    [Fact]
    public void Forward_OneReplicaEach_CallsEachDeviceOnceWithItsExperts()
    {
        LayerCase layer = new(tokens: 4, topK: 4, experts: 4, seed: 1);
        Forward(layer, RoutingTable.Static([4], devices: 2));
        Assert.Equal(["0: 0.0*4 1.0*4", "1: 2.0*4 3.0*4"], _devices.Calls);
    }

    [Fact]
    public void Forward_TwoReplicasByEven_HalvesTheTokens()
    {
        LayerCase layer = new(tokens: 5, topK: 2, experts: 2, seed: 1);
        RoutingTable table = RoutingTables.Of(2, 2, alive: null, (0, 0, 0), (0, 3, 1), (1, 0, 1));
        Forward(layer, table, new DispatchOptions { SplitRule = SplitRules.Get("even") });
        Assert.Equal(["0: 0.0*3", "1: 0.3*2 1.0*5"], _devices.Calls);
    }

    [Fact]
    public void Forward_TwoReplicasByBalanced_LevelsTheDevices()
    {
        LayerCase layer = new(tokens: 4, topK: 2, experts: 2, seed: 1);
        RoutingTable table = RoutingTables.Of(2, 2, alive: null, (0, 0, 0), (0, 1, 1), (1, 0, 1));
        Forward(layer, table, new DispatchOptions { SplitRule = SplitRules.Get("balanced") });
        Assert.Equal(["0: 0.0*4", "1: 1.0*4"], _devices.Calls);
    }

    [Fact]
    public void Forward_FewerTokensThanTheCrossover_WakesOneReplica()
    {
        LayerCase layer = new(tokens: 6, topK: 1, experts: 1, seed: 1);
        RoutingTable table = RoutingTables.Of(1, 2, alive: null, (0, 0, 0), (0, 1, 1));
        SplitContext split = new(TimeModel.Roofline(expertBytes: 80, flopsPerToken: 10, bytesPerSecond: 1, flopsPerSecond: 1, callSeconds: 0));
        Assert.Equal(8, split.Crossover);
        Forward(layer, table, new DispatchOptions { SplitRule = SplitRules.Get("even-crossover"), Split = split });
        Assert.Equal(["0: 0.0*6"], _devices.Calls);
    }

    [Fact]
    public void Forward_ExpertWithoutReplica_IsAskedOfItsHomeAmongTheAliveDevices()
    {
        // Of the alive devices 0 and 2, expert 3 of 4 is at home on device 2.
        LayerCase layer = new(tokens: 2, topK: 4, experts: 4, seed: 1);
        RoutingTable table = RoutingTables.Of(4, 3, alive: [0, 2], (0, 1, 0), (1, 0, 0), (2, 0, 0));
        LastLayer observer = new();
        float[] output = Forward(layer, table, new DispatchOptions { Observer = observer });
        Assert.Equal(["0: 0.1*2 1.0*2 2.0*2", "2: 3.0*2"], _devices.Calls);
        Assert.Equal(1, observer.Calls.Misses);
        LayerCase.AssertSameBits(layer.Expected(), output);
    }

    [Fact]
    public void Forward_DevicesThatPreSum_HandOverFewerRows()
    {
        _devices.PreSums = true;
        LayerCase layer = new(tokens: 16, topK: 8, experts: 8, seed: 3);
        LayerCase.AssertSameBits(layer.Expected(), Forward(layer, RoutingTable.Static([8], devices: 2)));
        Assert.Equal(16 * 6, _devices.Absorbed);
    }

    [Fact]
    public void Forward_TableReplaced_FollowsItFromTheNextLayerOn()
    {
        LayerCase layer = new(tokens: 2, topK: 2, experts: 2, seed: 1);
        Routes routes = new(RoutingTable.Static([2], devices: 1));
        using MoeDispatcher dispatcher = Create(layer, routes, new DispatchOptions());
        layer.Run(dispatcher);
        routes.Replace(RoutingTable.Static([2], devices: 3, alive: [2]));
        LayerCase.AssertSameBits(layer.Expected(), layer.Run(dispatcher));
        Assert.Equal(["0: 0.0*2 1.0*2", "2: 0.0*2 1.0*2"], _devices.Calls);
    }

    [Fact]
    public void Forward_CallTime_IsFiveTimesTheModelledTimeAndTheLoads()
    {
        LayerCase layer = new(tokens: 10, topK: 2, experts: 2, seed: 1);
        DispatchOptions options = new()
        {
            Split = new SplitContext(TimeModel.Roofline(expertBytes: 1, flopsPerToken: 1, bytesPerSecond: 1, flopsPerSecond: 10, callSeconds: 1)),
            ExpertLoadTime = TimeSpan.FromSeconds(0.5),
        };

        // Two experts of ten tokens: reading and computing take 1 s each, the call 1 s more; 5 · 3 s + 2 · 0.5 s.
        Forward(layer, RoutingTable.Static([2], devices: 1), options);
        Forward(layer, RoutingTable.Static([2], devices: 1), new DispatchOptions());
        Assert.Equal([TimeSpan.FromSeconds(16), TimeSpan.FromSeconds(2)], _devices.Timeouts);
    }

    [Fact]
    public void Forward_Observer_IsToldWhatTheLayerTook()
    {
        _devices.Figures = new Ports.CallFigures(ComputeUs: 40, LoadUs: 7, ColdStarts: 2);
        LayerCase layer = new(tokens: 6, topK: 1, experts: 1, seed: 1);
        LastLayer observer = new();
        WaitingClock clock = new() { AutoAdvanceAmount = TimeSpan.FromMilliseconds(3) };
        RoutingTable table = RoutingTables.Of(1, 4, alive: [0, 1, 3], (0, 0, 0), (0, 1, 3));
        Forward(layer, table, new DispatchOptions { SplitRule = SplitRules.Get("even"), Observer = observer, Clock = clock });
        Assert.Equal(new LayerCalls(Calls: 2, Retries: 0, Replicas: 2, Misses: 0, ColdStarts: 4, ComputeUs: 40, LoadUs: 7), observer.Calls);
        Assert.Equal((6, TimeSpan.FromMilliseconds(3)), (observer.Tokens, observer.Elapsed));
        Assert.Equal([(0, 3.0), (1, 0.0), (3, 3.0)], observer.Devices);
        Assert.Equal((Math.Sqrt(0.5), 1.5), (observer.Variation, observer.MaxOverMean));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Forward_SteadyState_AllocatesNothing(string rule)
    {
        // Also with experts that are asked of their homes layer for layer, and with somebody who watches.
        LayerCase layer = new(tokens: 32, topK: 4, experts: 16, seed: 5);
        LastLayer observer = new();
        DispatchOptions options = new() { SplitRule = SplitRules.Get(rule), Split = new SplitContext(default, Crossover: 2), Observer = observer };
        Routes routes = new(RoutingTables.Random(16, devices: 4, seed: 5));
        using WorkerPool workers = new(1);
        using MoeDispatcher dispatcher = new(new SilentDevices(), routes, workers, VectorWidths.Best, layer.Limits, options);
        float[] output = new float[layer.Tokens * LayerCase.Hidden];
        layer.RunInto(dispatcher, output);
        Assert.True(observer.Calls.Misses > 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        layer.RunInto(dispatcher, output);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private float[] Forward(LayerCase layer, RoutingTable table, DispatchOptions? options = null)
    {
        using MoeDispatcher dispatcher = Create(layer, new Routes(table), options);
        return layer.Run(dispatcher);
    }

    // A dispatcher numbers its calls, so each has devices of its own; what they were called for is kept together.
    private MoeDispatcher Create(LayerCase layer, Routes routes, DispatchOptions? options)
    {
        _devices.Forget();
        return new(_devices, routes, _workers, VectorWidths.Best, layer.Limits, options);
    }
}
