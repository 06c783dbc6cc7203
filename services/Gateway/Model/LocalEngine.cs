using DaprMoE.Dispatch;
using DaprMoE.Embedded;
using DaprMoE.Experts;
using DaprMoE.Inference;
using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Gateway;

/// <summary>
/// Composes the engine of one process: a packed model, workers, all experts on one mapped device, dispatch by the static table.
/// </summary>
public sealed class LocalEngine : IDisposable
{
    private const int LongestDefaultContext = 8192;
    private const long MostDefaultKvBytes = 1L << 30;

    private readonly LocalEngineOptions _options;
    private readonly WorkerPool _workers;
    private readonly ExpertHost _host;
    private readonly MoeDispatcher _dispatcher;
    private GenerationEngine? _engine;

    private LocalEngine(PackedModel model, LocalEngineOptions options, WorkerPool workers, ExpertHost host, MoeDispatcher dispatcher)
    {
        Model = model;
        _options = options;
        _workers = workers;
        _host = host;
        _dispatcher = dispatcher;
    }

    /// <summary>The model.</summary>
    public PackedModel Model { get; }

    /// <summary>The threads.</summary>
    public WorkerPool Workers => _workers;

    /// <summary>Bytes of expert weights that are resident.</summary>
    public long ResidentExpertBytes => _host.Devices.Sum(device => device.ResidentBytes);

    /// <summary>Opens a model's packed file, packing it first when it has to be, and allocates what its experts need.</summary>
    /// <exception cref="CheckpointException">The folder holds no checkpoint that can be served.</exception>
    /// <exception cref="ContextLimitException">The context is longer than the model's.</exception>
    /// <exception cref="InsufficientMemoryException">Weights and KV cache do not fit the memory.</exception>
    public static LocalEngine Open(string folder, LocalEngineOptions options, IProgress<PackProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        PackedModel model = PackedModel.Open(folder, progress: progress);
        try
        {
            RequireServable(model, options);
            return Compose(model, options);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>What a forward pass over this model is made of.</summary>
    public ForwardPassParts Parts(IForwardObserver? observer = null) =>
        new(Model, _dispatcher, _workers, _options.Width, observer);

    /// <summary>Starts the engine; once, and instead of a <see cref="SequenceEvaluator"/>, since the workers have one caller.</summary>
    public GenerationEngine Start(TimeProvider clock, IForwardObserver? observer = null)
    {
        if (_engine is not null)
        {
            throw new InvalidOperationException("The engine was started already.");
        }

        int context = ContextLength(Model.Description, _options);
        EngineOptions engine = new()
        {
            ContextLength = context,
            MaxRunning = _options.MaxRunning,
            MaxQueued = _options.MaxQueued,
            TokenBudget = _options.TokenBudget,
            KvTokens = KvTokens(Model.Description, _options),
        };
        return _engine = new GenerationEngine(Parts(observer), engine, clock);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine?.Dispose();
        _dispatcher.Dispose();
        _host.Dispose();
        _workers.Dispose();
        Model.Dispose();
    }

    private static LocalEngine Compose(PackedModel model, LocalEngineOptions options)
    {
        WorkerPool workers = new(options.Threads);
        DispatchLimits limits = Limits(model.Description, options);
        CpuExpertBackend backend = new(model, workers, limits.MaxRows * limits.MaxTopK, options.Width);
        ExpertHost host = new([new ExpertDevice(backend, model.Description)]);
        RoutingTable routes = RoutingTable.Static([.. model.Description.Layers.Select(ExpertCount)], devices: 1);
        MoeDispatcher dispatcher = new(new InProcessTransport(host), routes, workers, options.Width, limits);
        return new LocalEngine(model, options, workers, host, dispatcher);
    }

    private static int ExpertCount(FeedForwardDescription layer) => layer is MoeFeedForward moe ? moe.Experts : 0;

    private static DispatchLimits Limits(ModelDescription model, LocalEngineOptions options) => new(
        Math.Max(options.TokenBudget, options.MaxRunning),
        model.Layers.OfType<MoeFeedForward>().Select(layer => layer.TopK).DefaultIfEmpty(0).Max(),
        model.Layers.Max(ExpertCount),
        model.HiddenSize);

    private static void RequireServable(PackedModel model, LocalEngineOptions options)
    {
        ModelDescription description = model.Description;
        if (options.ContextLength > description.MaxPositions)
        {
            throw new ContextLimitException(options.ContextLength.Value, description.MaxPositions);
        }

        long kvBytes = KvTokens(description, options) * KvBytesPerToken(description);
        new MemoryDemand(model.ByteLength, kvBytes).RequireFits(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }

    private static int ContextLength(ModelDescription model, LocalEngineOptions options) =>
        options.ContextLength ?? Math.Min(model.MaxPositions, LongestDefaultContext);

    private static int KvTokens(ModelDescription model, LocalEngineOptions options)
    {
        int context = ContextLength(model, options);
        long wanted = Math.Min((long)context * options.MaxRunning, MostDefaultKvBytes / KvBytesPerToken(model));
        return options.KvTokens ?? (int)Math.Max(context, wanted);
    }

    private static long KvBytesPerToken(ModelDescription model) =>
        2L * model.Attention.KvHeads * model.Attention.HeadSize * sizeof(float) * model.Layers.Count;
}
