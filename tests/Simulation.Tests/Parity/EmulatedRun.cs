using DaprMoE.Dispatch;
using DaprMoE.Embedded;
using DaprMoE.Experts;
using DaprMoE.Inference;
using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Simulation.Tests;

/// <summary>The bundled model's layers through the dispatcher and the devices of a server, emulated; gates choose what a test says.</summary>
internal sealed class EmulatedRun : IDisposable, IResidencyListener, IDispatchObserver
{
    private readonly PackedModel _model;
    private readonly WorkerPool _workers = new(1);
    private readonly ExpertHost _host;
    private readonly EmulatedBox _box;
    private readonly MoeDispatcher _dispatcher;
    private readonly int _hidden;
    private readonly int _topK;

    public EmulatedRun(string folder, ModelShape shape, Testbed testbed, int rows)
    {
        _model = PackedModel.Open(folder, cancellationToken: TestContext.Current.CancellationToken);
        (_hidden, _topK) = (_model.Description.HiddenSize, shape.TopK);
        _box = new EmulatedBox(new VirtualClock(DateTimeOffset.UnixEpoch), ShapeTiming.Of(shape, testbed, TimeShape.Roofline), testbed.Devices);
        ExpertHostOptions options = new()
        {
            Devices = testbed.Devices,
            DeviceMemoryBytes = testbed.DeviceMemory - shape.NonExpertBytes,
            KeepAlive = TimeSpan.Zero,
            Box = _box,
        };
        CpuBackendFactory backends = new(_model, _workers, rows * _topK, VectorWidths.Best);
        _host = ExpertHost.Create(
            _model.Description, options, new EmulatedBackends(_model.Description, backends, shape.ExpertBytes), TimeProvider.System, this);
        RoutingTable table = RoutingTable.Static([.. Enumerable.Repeat(shape.Experts, shape.Layers)], testbed.Devices);
        _dispatcher = new MoeDispatcher(
            new InProcessTransport(_host), new Routes(table), _workers, VectorWidths.Best, new DispatchLimits(rows, _topK, shape.Experts, _hidden),
            new DispatchOptions { SplitRule = SplitRules.Get("even"), Split = new SplitContext(_box.Timing.Replica), Observer = this });
        Deploy(table);
    }

    public double Seconds => _box.Clock.Now;

    public long Loads { get; private set; }

    public long ColdStarts { get; private set; }

    /// <summary>What happened to replicas, in order, deployment included.</summary>
    public List<ResidencyTransition> Transitions { get; } = [];


    /// <summary>Runs a layer with the experts that its rows choose, [t, k].</summary>
    public void Layer(int layer, int[] experts)
    {
        int rows = experts.Length / _topK;
        MoeLayerCall call = new()
        {
            Layer = layer,
            HiddenSize = _hidden,
            TopK = _topK,
            Input = new float[rows * _hidden],
            Experts = experts,
            Weights = [.. Enumerable.Repeat(1f / _topK, experts.Length)],
            Output = new float[rows * _hidden],
        };
        _dispatcher.Forward(in call);
        _box.Clock.Advance(_box.Timing.NonExpert(rows));
    }

    public void Moved(in ResidencyTransition transition)
    {
        Transitions.Add(transition);
        if (transition.MemoryEvent is { Event: MemoryEvent.Load })
        {
            Loads++;
        }
    }

    public void LoadFailed(ReplicaId replica, Exception error) => Assert.Fail(error.Message);

    public void LayerDone(in LayerDispatch layer) => ColdStarts += layer.Calls.ColdStarts;

    public void Dispose()
    {
        _dispatcher.Dispose();
        _host.Dispose();
        _workers.Dispose();
        _model.Dispose();
    }

    /// <summary>One replica of each expert at its home, as far as memory goes, in no time.</summary>
    private void Deploy(RoutingTable table)
    {
        _box.LoadsTakeTime = false;
        for (int device = 0; device < table.DeviceCount; device++)
        {
            ReplicaId[] homes = [.. Enumerable.Range(0, table.LayerCount).SelectMany(layer => Homes(table, layer, device))];
            _host.Devices[device].Plan(1, homes, TimeSpan.Zero);
        }

        _box.Clock.Advance(0);
        _box.LoadsTakeTime = true;
        Loads = 0;
    }

    private static IEnumerable<ReplicaId> Homes(RoutingTable table, int layer, int device) =>
        table.Layer(layer).Replicas.ToArray().Where(replica => replica.Device == device)
            .Select(replica => new ReplicaId(new ExpertId(layer, replica.Expert), replica.Index));
}
