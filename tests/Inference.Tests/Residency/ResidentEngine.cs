using DaprMoE.Dispatch;
using DaprMoE.Embedded;
using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Predictors;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Inference.Tests;

/// <summary>An engine whose devices and routes a test can get at.</summary>
internal sealed class ResidentEngine : IDisposable
{
    private readonly WorkerPool _workers = new(2);
    private readonly MoeDispatcher _dispatcher;
    private readonly WarmUpSender? _warmUps;
    private readonly FastLoop? _loop;

    /// <param name="folder">The checkpoint.</param>
    /// <param name="devices">How many devices.</param>
    /// <param name="slots">Experts that each has room for; null for all on one, over the map.</param>
    /// <param name="observer">Observes the engine.</param>
    /// <param name="predictor">What a fast loop by policy moeless forecasts with; null for an engine without.</param>
    public ResidentEngine(string folder, int devices, int? slots, IForwardObserver observer, ILoadPredictor? predictor = null)
    {
        Model = PackedModel.Open(folder, cancellationToken: TestContext.Current.CancellationToken);
        List<MoeFeedForward> layers = [.. Model.Description.Layers.OfType<MoeFeedForward>()];
        DispatchLimits limits = new(64, layers.Max(layer => layer.TopK), layers.Max(layer => layer.Experts), Model.Description.HiddenSize);
        Experts = [.. Model.Description.Layers.Select(layer => layer is MoeFeedForward moe ? moe.Experts : 0)];
        int first = Model.Description.Layers.ToList().FindIndex(layer => layer is MoeFeedForward);
        LiveReplicas? replicas = predictor is null ? null : new LiveReplicas(
            Experts,
            [.. Experts.Select((experts, layer) => experts > 0 ? Model.ExpertBytes(layer) : 0)],
            [.. Enumerable.Repeat(slots * Model.ExpertBytes(first), devices)]);
        Host = ExpertHost.Create(
            Model.Description,
            new ExpertHostOptions { Devices = devices, DeviceMemoryBytes = slots * Model.ExpertBytes(first) },
            new CpuBackendFactory(Model, _workers, limits.MaxRows * limits.MaxTopK, VectorWidths.Best),
            TimeProvider.System,
            replicas is null ? null : new Feed(replicas));
        if (predictor is not null)
        {
            _warmUps = new WarmUpSender(new InProcessExpertControl(Host, TimeProvider.System), TimeProvider.System);
            _loop = new FastLoop(new FastLoopSetup
            {
                Replicas = replicas!,
                Predictor = predictor,
                WarmUps = _warmUps,
                Policy = "moeless",
                TopK = limits.MaxTopK,
            });
        }

        Routes = new Routes(RoutingTable.Static(Experts, devices));
        _dispatcher = new MoeDispatcher(new InProcessTransport(Host), Routes, _workers, VectorWidths.Best, limits, new DispatchOptions { Loop = _loop });
        EngineOptions options = new() { ContextLength = 256, TokenBudget = 64, KvTokens = 256 * 16 };
        Engine = new GenerationEngine(
            new ForwardPassParts(Model, _dispatcher, _workers, VectorWidths.Best, observer), options, TimeProvider.System);
    }

    public PackedModel Model { get; }

    public ExpertHost Host { get; }

    public Routes Routes { get; }

    public GenerationEngine Engine { get; }

    /// <summary>Experts of each layer.</summary>
    public IReadOnlyList<int> Experts { get; }

    public void Dispose()
    {
        Engine.Dispose();
        _dispatcher.Dispose();
        _loop?.Dispose();
        _warmUps?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Host.Dispose();
        _workers.Dispose();
        Model.Dispose();
    }

    private sealed class Feed(LiveReplicas replicas) : IResidencyListener
    {
        public void Moved(in ResidencyTransition transition) => replicas.Moved(in transition);

        public void LoadFailed(ReplicaId replica, Exception error) => throw new InvalidOperationException($"{replica} was not loaded.", error);
    }
}
