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

    // The rest is for keys and values, workspaces and the other weights.
    private const double ShareForWeights = 0.8;

    private readonly PackedModel _model;
    private readonly CpuExpertKernels _kernels;
    private long _arenaBytes;

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
    /// Whether loads into arenas read past the kernel's cache of the file. Then a load takes no memory but its slot's, and its bytes come
    /// from the disk each time; otherwise the next load of the expert may find them in memory, which is many times as fast while there is
    /// memory for both, and slower than the disk when there is not. Null, the default: past it unless the arenas and the whole file fit
    /// together into the memory that the process may use.
    /// </summary>
    public bool? ReadPastFileCache { get; init; }

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
    public IExpertBackend Create(long? budgetBytes)
    {
        if (budgetBytes is not { } bytes)
        {
            return new CpuMappedBackend(_model, _kernels);
        }

        _arenaBytes += bytes;
        return new CpuArenaBackend(_model, _kernels, bytes, ReadPastFileCache ?? !HasMemoryForBoth());
    }

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

    private bool HasMemoryForBoth() =>
        _arenaBytes + _model.ByteLength <= GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * ShareForWeights;

    internal static long ExpertBytes(PackedModel model, int layer) =>
        model.Description.Layers[layer] is MoeFeedForward ? model.ExpertBytes(layer) : 0;
}
