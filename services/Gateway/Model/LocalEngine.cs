using DaprMoE.Dispatch;
using DaprMoE.Experts;
using DaprMoE.Inference;
using DaprMoE.Models;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using DaprMoE.Services;
using DaprMoE.Tensors;

namespace DaprMoE.Gateway;

/// <summary>
/// Composes the engine of one process: a packed model, workers, experts on the devices that the options name, dispatch to them.
/// </summary>
public sealed class LocalEngine : IDisposable
{
    private readonly LocalEngineOptions _options;
    private readonly WorkerPool _workers;
    private readonly IServedExperts _experts;
    private readonly ServedLoop? _loop;
    private readonly MoeDispatcher _dispatcher;
    private readonly IMoeLayer _layers;
    private readonly ResidencySampler? _sampler;
    private GenerationEngine? _engine;

    private LocalEngine(
        PackedModel model, LocalEngineOptions options, WorkerPool workers, IServedExperts experts, ServedLoop? loop, MoeDispatcher dispatcher,
        ExpertEvents events, TimeModel expertTime, BillBook bill, EmulatedDevices? emulated)
    {
        Model = model;
        _options = options;
        _workers = workers;
        _experts = experts;
        _loop = loop;
        _dispatcher = dispatcher;
        Events = events;
        ExpertLayout? layout = ExpertLayout.Of(model, experts, expertTime, isRemote: options.ExpertHosts.Count > 0);
        Layout = emulated is null ? layout : emulated.Layout(layout);
        Bill = bill;
        Bill.Emulated = emulated?.Label;
        Clock = emulated is null ? options.Clock : new PooledTimers(emulated.Box.Clock);
        _sampler = options.ExpertHosts.Count > 0 ? new ResidencySampler(experts, bill, options.Clock) : null;
        BilledLayers layers = new(dispatcher, bill, options.MaxRunning);
        _layers = emulated is null ? layers : new EmulatedLayers(layers, emulated.Box, options.Emulation!.Pace);
        events.Watch(layers);
    }

    /// <summary>The model.</summary>
    public PackedModel Model { get; }

    /// <summary>The threads.</summary>
    public WorkerPool Workers => _workers;

    /// <summary>Bytes of expert weights that are resident.</summary>
    public long ResidentExpertBytes => _experts.ResidentBytes;

    /// <summary>Where the experts are.</summary>
    public IExpertInventory Experts => _loop is null ? _experts : new DecidedInventory(_experts, _loop.Loop);

    /// <summary>Decides which replicas experts have; null where nothing is to be decided.</summary>
    public FastLoop? Loop => _loop?.Loop;

    /// <summary>What devices can be asked beside calls. Layers are those of the model.</summary>
    public IExpertControl Control => _experts.Control;

    /// <summary>What plans are made for; null when its MoE layers differ in their experts, or it has none.</summary>
    public ExpertLayout? Layout { get; }

    /// <summary>What happens to experts and layers.</summary>
    public ExpertEvents Events { get; }

    /// <summary>The clock of the devices: keep-alives and windows of load run on it.</summary>
    public TimeProvider Clock { get; }

    /// <summary>What the experts' memory and calls come to.</summary>
    public BillBook Bill { get; }

    /// <summary>Opens a model's packed file, packing it first when it has to be, and allocates what its experts need.</summary>
    /// <param name="folder">The checkpoint.</param>
    /// <param name="options">How to compose the engine.</param>
    /// <param name="progress">Told while the packed file is written.</param>
    /// <param name="cancellationToken">Ends packing, or waiting for another process that packs.</param>
    /// <exception cref="CheckpointException">The folder holds no checkpoint that can be served.</exception>
    /// <exception cref="ContextLimitException">The context is longer than the model's.</exception>
    /// <exception cref="PolicyRefusedException">The policy does not fit the devices.</exception>
    /// <exception cref="InsufficientMemoryException">Weights, KV cache and workspaces do not fit the memory.</exception>
    /// <exception cref="OperationCanceledException">Packing was cancelled; no part of the packed file is left.</exception>
    public static LocalEngine Open(
        string folder, LocalEngineOptions options, IProgress<PackProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        PackOptions packing = new() { Approve = (model, packedBytes) => RequireServable(model, packedBytes, options) };
        PackedModel model = PackedModel.Open(folder, packing, progress, cancellationToken);
        try
        {
            return Compose(folder, model, options, cancellationToken);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>What a forward pass over this model is made of.</summary>
    public ForwardPassParts Parts(IForwardObserver? observer = null) =>
        new(Model, _layers, _workers, _options.Width, observer);

    /// <summary>Starts the engine; once, and instead of a <see cref="SequenceEvaluator"/>, since the workers have one caller.</summary>
    public GenerationEngine Start(TimeProvider clock, IForwardObserver? observer = null)
    {
        if (_engine is not null)
        {
            throw new InvalidOperationException("The engine was started already.");
        }

        EngineSizes sizes = new(Model.Description, _options);
        EngineOptions engine = new()
        {
            ContextLength = sizes.ContextLength,
            MaxRunning = _options.MaxRunning,
            MaxQueued = _options.MaxQueued,
            TokenBudget = _options.TokenBudget,
            KvTokens = sizes.KvTokens,
        };
        return _engine = new GenerationEngine(Parts(observer), engine, clock);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine?.Dispose();
        _sampler?.Dispose();
        _dispatcher.Dispose();
        _loop?.Dispose();
        _experts.Dispose();
        _workers.Dispose();
        Model.Dispose();
    }

    internal static LocalEngine Compose(
        string folder, PackedModel model, LocalEngineOptions options, CancellationToken cancellationToken = default)
    {
        Stack<IDisposable> made = [];
        try
        {
            WorkerPool workers = Keep(new WorkerPool(options.Threads));
            EngineSizes sizes = new(model.Description, options);
            ExpertEvents events = new();
            VirtualClock? virtualClock = options.Emulation is null ? null : new VirtualClock(options.Clock.GetUtcNow());
            TimeProvider clock = virtualClock ?? options.Clock;
            EmulatedDevices? emulated = null;
            ExpertLoads loads = new(ExpertCounts.Of(model.Description), clock);
            events.Watch(loads);
            BillBook bill;
            IServedExperts experts;
            if (options.ExpertHosts.Count > 0)
            {
                experts = Keep(RemoteExperts.Connect(model, options, sizes.Rows, loads, cancellationToken));
                bill = new BillBook(BilledModel.Of(model, model.ExpertBytes), options.Prices, options.Clock, options.PolicyAtStart);
            }
            else
            {
                IExpertBackendFactory backends = Backends(folder, model, options, workers, sizes);
                BilledModel billed = BilledModel.Of(model, backends.ExpertBytes, BilledModel.KindOf(options.BackendDevice));
                if (virtualClock is not null)
                {
                    emulated = Emulate(model, options, backends, sizes, virtualClock);
                    (backends, billed) = (emulated.Backends, emulated.Billed(model, options.Devices));
                }

                bill = new BillBook(billed, options.Prices, clock, options.PolicyAtStart);
                events.Watch(bill);
                experts = Keep(LocalExperts.Create(model.Description, options, backends, events, loads, emulated?.Box));
            }

            DispatchOptions dispatch = DispatchSettings.Of(model.Description, options, experts, events, emulated?.Box);
            ServedLoop? loop = ServedLoop.Compose(model, workers, options, experts, dispatch.Split.Time, events, clock);
            if (loop is not null)
            {
                Keep(loop);
                dispatch = dispatch with { Loop = loop.Loop };
            }

            MoeDispatcher dispatcher = new(experts.Transport, experts.Routes, workers, options.Width, sizes.Dispatch, dispatch);
            TimeModel time = dispatch.Split.Time is { SecondsPerToken: > 0 } measured ? measured : DispatchSettings.AssumedTime(model.Description, experts);
            return new LocalEngine(model, options, workers, experts, loop, dispatcher, events, time, bill, emulated);
        }
        catch
        {
            while (made.TryPop(out IDisposable? part))
            {
                part.Dispose();
            }

            throw;
        }

        T Keep<T>(T part)
            where T : IDisposable
        {
            made.Push(part);
            return part;
        }
    }

    private static EmulatedDevices Emulate(
        PackedModel model, LocalEngineOptions options, IExpertBackendFactory backends, EngineSizes sizes, VirtualClock clock)
    {
        try
        {
            EmulatedDevices emulated = EmulatedDevices.Of(model, options, backends, clock);
            if (options.DeviceMemory is { } budget)
            {
                new MemoryDemand(emulated.Backends.RealBytes(budget) * options.Devices, sizes.KvBytes, sizes.WorkspaceBytes)
                    .RequireFits(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
            }

            return emulated;
        }
        catch
        {
            backends.Dispose();
            throw;
        }
    }

    private static IExpertBackendFactory Backends(
        string folder, PackedModel model, LocalEngineOptions options, WorkerPool workers, EngineSizes sizes)
    {
        int assignments = checked(sizes.Dispatch.MaxRows * sizes.Dispatch.MaxTopK);
        if (options is { DeviceMemory: { } arena, Emulation: null })
        {
            new MemoryDemand(arena * options.Devices, sizes.KvBytes, sizes.WorkspaceBytes)
                .RequireFits(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        }

        return ProgramBackends.Registry.Create(options.Backend, new ExpertBackendRequest
        {
            Folder = folder,
            Model = model,
            Workers = workers,
            MaxAssignments = assignments,
            Width = options.Width,
            Device = options.BackendDevice,
            Compute = options.Compute,
        });
    }

    /// <summary>Refuses what can't be served while nothing is packed yet.</summary>
    private static void RequireServable(ModelDescription model, long packedBytes, LocalEngineOptions options)
    {
        if (options.ContextLength > model.MaxPositions)
        {
            throw new ContextLimitException(options.ContextLength.Value, model.MaxPositions);
        }

        EngineSizes sizes = new(model, options);
        new MemoryDemand(packedBytes, sizes.KvBytes, sizes.WorkspaceBytes).RequireFits(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }
}
