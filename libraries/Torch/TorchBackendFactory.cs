using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Tensors;
using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>
/// Makes <c>torch</c> backends: experts on libtorch, on the processor's cores or a GPU, in f32 or bf16, from the checkpoint's own row-major
/// tensors. All that it makes share the workers and one set of workspaces, so one computes at a time.
/// </summary>
public sealed class TorchBackendFactory : IExpertBackendFactory
{
    internal const string BackendName = "torch";

    private readonly TorchBackendOptions _options;
    private readonly TorchModel _model;
    private readonly Device _device;
    private readonly SharedForward _forward;

    /// <summary>Loads libtorch and allocates what computing needs.</summary>
    /// <param name="checkpoint">The model; the factory owns it, from the moment that it is made.</param>
    /// <param name="workers">The threads of the processor's device.</param>
    /// <param name="maxAssignments">Most assignments, and most input rows, of one call.</param>
    /// <param name="options">Where and how.</param>
    /// <exception cref="BackendUnavailableException">libtorch can't be loaded, has no such device, or the format can't be computed in.</exception>
    public TorchBackendFactory(Checkpoint checkpoint, WorkerPool workers, int maxAssignments, TorchBackendOptions options)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(workers);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAssignments, 1);
        if (options.Compute is not (DType.F32 or DType.BF16))
        {
            throw new BackendUnavailableException($"The torch backend computes in f32 or bf16, not in {options.Compute}.");
        }

        _options = options;
        _device = options.Device.Open();
        _model = new TorchModel(checkpoint, options.Compute);
        _forward = new SharedForward(options.Device.IsCuda
            ? new DeviceForward(_device, options.Compute, _model.Hidden, _model.LargestFfn, maxAssignments)
            : new HostForward(workers, options.Compute, _model.Hidden, _model.LargestFfn));
    }

    /// <inheritdoc/>
    public string Name => BackendName;

    /// <summary>
    /// Whether an unbudgeted backend computes with the checkpoint's map: on the processor, where the stored format is the one computed in.
    /// </summary>
    public bool CanMap => !_options.Device.IsCuda && _model.CanMap;

    /// <summary>Adds the backend to those of a program.</summary>
    public static void Register(ExpertBackendRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Add(BackendName, Of);
    }

    /// <inheritdoc/>
    public DType WeightType => _options.Compute;

    /// <inheritdoc/>
    public long ExpertBytes(int layer) => _model.ExpertBytes(layer);

    /// <inheritdoc/>
    public IExpertBackend Create(long? budgetBytes) => new TorchExpertBackend(_model, Memory(budgetBytes), _forward);

    /// <inheritdoc/>
    public void Dispose()
    {
        _forward.Dispose();
        _model.Dispose();
    }

    private static TorchBackendFactory Of(ExpertBackendRequest request)
    {
        TorchBackendOptions options = new()
        {
            Device = TorchDevice.TryParse(request.Device) ?? throw new BackendUnavailableException(
                $"The torch backend has no device '{request.Device}'; allowed are cpu and cuda:N, N from 0."),
            Compute = request.Compute ?? DType.F32,
        };
        Checkpoint checkpoint = Checkpoint.Open(request.Folder);
        try
        {
            return new TorchBackendFactory(checkpoint, request.Workers, request.MaxAssignments, options);
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    private IExpertMemory Memory(long? budgetBytes)
    {
        if (budgetBytes is not { } budget)
        {
            return CanMap ? new MappedExperts() : throw new ArgumentNullException(
                nameof(budgetBytes), "Experts that are converted, or that are on a GPU, need memory of their own: a budget.");
        }

        if (_options.Device.IsCuda)
        {
            return new SlotExperts((_, shape) => new DeviceSlot(shape.Bytes(_model.Compute), _model.Compute, _device));
        }

        SlotMemory memory = new(SlotSizes.Of(_model.Layers, _model.ExpertBytes), budget);
        return new SlotExperts((slot, shape) => new HostSlot(memory, slot, shape.Bytes(_model.Compute), _model.Compute), memory);
    }
}
