using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Experts;

/// <summary>
/// Makes <c>cpu</c> backends: the kernels of Tensors over packed weights, bit-exact by the numerics rule. All that it makes share the
/// workers and one set of scratch buffers, so one computes at a time.
/// </summary>
public sealed class CpuBackendFactory : IExpertBackendFactory
{
    internal const string BackendName = "cpu";

    private readonly PackedModel _model;
    private readonly CpuExpertKernels _kernels;

    /// <param name="model">The model; stays open as long as this.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="maxAssignments">Most assignments of one call.</param>
    /// <param name="width">Vector width of the kernels.</param>
    public CpuBackendFactory(PackedModel model, WorkerPool workers, int maxAssignments, VectorWidth width)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _kernels = new CpuExpertKernels(model.Description, workers, maxAssignments, width);
    }

    /// <inheritdoc/>
    public string Name => BackendName;

    /// <inheritdoc/>
    public bool CanMap => true;

    /// <summary>
    /// Whether a load drops what the kernel caches of the file's range that it has read. Off, since that cache is the kernel's to take
    /// back at any time, is shared by all processes of the machine and makes the next load of the expert ten times as fast; on, loads come
    /// from the disk and no memory but the slots' stays in use.
    /// </summary>
    public bool DropFileCache { get; init; }

    /// <summary>The format that the first MoE layer's experts are stored in; F32 without any.</summary>
    public DType WeightType
    {
        get
        {
            int layer = _model.Description.Layers.ToList().FindIndex(layer => layer is MoeFeedForward);
            return layer < 0 ? DType.F32 : _model.ExpertAt(layer, 0, _model.MappedExpert(layer, 0)).GateUp.Type;
        }
    }

    /// <inheritdoc/>
    public long ExpertBytes(int layer) => ExpertBytes(_model, layer);

    /// <inheritdoc/>
    public IExpertBackend Create(long? budgetBytes) => budgetBytes is { } bytes
        ? new CpuArenaBackend(_model, _kernels, bytes, DropFileCache)
        : new CpuMappedBackend(_model, _kernels);

    /// <inheritdoc/>
    public void Dispose() => _kernels.Dispose();

    /// <summary>The factory that a process asks for.</summary>
    internal static CpuBackendFactory Of(ExpertBackendRequest request)
    {
        if (request.Device != BackendName)
        {
            throw new BackendUnavailableException($"The cpu backend has no device '{request.Device}'; it has cpu.");
        }

        return request.Compute is null
            ? new CpuBackendFactory(request.Model, request.Workers, request.MaxAssignments, request.Width)
            : throw new BackendUnavailableException(
                "The cpu backend computes in f32 from weights as they are stored: leave --compute out, or take --backend torch.");
    }

    internal static long ExpertBytes(PackedModel model, int layer) =>
        model.Description.Layers[layer] is MoeFeedForward ? model.ExpertBytes(layer) : 0;
}
