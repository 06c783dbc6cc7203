using DaprMoE.DirectTransport;
using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Services;
using DaprMoE.Tensors;
using DeviceOwner = DaprMoE.Experts.ExpertHost;

namespace DaprMoE.ExpertHost;

/// <summary>A packed model, the threads and the devices that its experts live on.</summary>
internal sealed class HostedModel : IDisposable
{
    private readonly Stack<IDisposable> _parts = [];

    private HostedModel()
    {
    }

    /// <summary>What the host is.</summary>
    public HostDescription Description { get; private set; } = null!;

    /// <summary>Its devices.</summary>
    public IReadOnlyList<IExpertDevice> Devices { get; private set; } = [];

    /// <summary>Opens the model, packing it first when it has to be, and makes the devices.</summary>
    /// <param name="settings">Which model, and how many devices.</param>
    /// <param name="incarnation">The life of this process.</param>
    /// <param name="packing">Told while the packed file is written.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="listener">Hears of the devices' residency.</param>
    /// <param name="cancellationToken">Ends packing, or waiting for another process that packs.</param>
    /// <exception cref="CheckpointException">The folder holds no checkpoint that can be served.</exception>
    /// <exception cref="ExpertTooLargeException">One expert is larger than a device's memory.</exception>
    public static HostedModel Open(
        ExpertHostSettings settings,
        ulong incarnation,
        IProgress<PackProgress>? packing,
        TimeProvider clock,
        IResidencyListener listener,
        CancellationToken cancellationToken)
    {
        HostedModel hosted = new();
        try
        {
            PackedModel model = PackedModel.Open(settings.Model, progress: packing, cancellationToken: cancellationToken);
            hosted.Compose(model, settings, incarnation, clock, listener);
            return hosted;
        }
        catch
        {
            hosted.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_parts.TryPop(out IDisposable? part))
        {
            part.Dispose();
        }
    }

    private void Compose(
        PackedModel model, ExpertHostSettings settings, ulong incarnation, TimeProvider clock, IResidencyListener listener)
    {
        Keep(model);
        WorkerPool workers = Keep(new WorkerPool(settings.Threads));
        Ports.FrameLimits limits = FrameSizes.Of(model.Description, settings.TokenBudget, settings.Devices);
        ExpertBackendRequest request = new()
        {
            Folder = settings.Model,
            Model = model,
            Workers = workers,
            MaxAssignments = limits.MaxPairs,
            Device = settings.Device,
            Compute = settings.ComputeType,
        };
        IExpertBackendFactory backends = ProgramBackends.Registry.Create(settings.Backend, request);
        Devices = Keep(Own(backends, owned => DeviceOwner.Create(model.Description, Options(settings, limits, owned), owned, clock, listener))).Devices;
        Description = new HostDescription
        {
            Name = settings.Name,
            Model = model.Fingerprint,
            Incarnation = incarnation,
            Backend = backends.Name,
            DType = backends.WeightType.ToString().ToLowerInvariant(),
            ExpertBytes = limits.ExpertsPerLayer.Select((_, layer) => backends.ExpertBytes(layer)).DefaultIfEmpty(0).Max(),
            Limits = limits,
        };
    }

    /// <summary>Devices own the backends once they are made.</summary>
    private static DeviceOwner Own(IExpertBackendFactory backends, Func<IExpertBackendFactory, DeviceOwner> make)
    {
        try
        {
            return make(backends);
        }
        catch
        {
            backends.Dispose();
            throw;
        }
    }

    /// <summary>A host never computes over the map: without a budget, one device has room for one copy of each expert.</summary>
    private static ExpertHostOptions Options(ExpertHostSettings settings, Ports.FrameLimits limits, IExpertBackendFactory backends) => new()
    {
        Host = settings.Name,
        Devices = settings.Devices,
        DeviceMemoryBytes = settings.DeviceMemory?.Bytes
            ?? (settings.Devices > 1 ? null : limits.ExpertsPerLayer.Select((experts, layer) => experts * backends.ExpertBytes(layer)).Sum()),
    };

    private T Keep<T>(T part)
        where T : IDisposable
    {
        _parts.Push(part);
        return part;
    }
}
