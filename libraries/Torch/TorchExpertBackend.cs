using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;
using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>
/// Experts on libtorch, on the processor's cores or a GPU, in f32 or bf16. Weights come from the checkpoint's own row-major tensors. Equal to
/// the cpu backend within the golden tolerance, not to the bit: torch's products depend on how many rows they have.
/// </summary>
public sealed class TorchExpertBackend : IExpertBackend
{
    private readonly Checkpoint _checkpoint;
    private readonly ExpertShape?[] _shapes;
    private readonly DType _compute;
    private readonly ExpertStore _store;
    private readonly IGroupedForward _forward;
    private readonly LoadedExpert[] _called;

    /// <summary>Loads libtorch and allocates what computing needs; no expert is loaded yet.</summary>
    /// <param name="checkpoint">The model; the backend owns it.</param>
    /// <param name="workers">The threads of a processor device; their caller is the thread that calls <see cref="Forward"/>.</param>
    /// <param name="options">Where and how.</param>
    /// <exception cref="TorchUnavailableException">libtorch can't be loaded, or has no such device.</exception>
    /// <exception cref="ArgumentException">The format can't be computed in.</exception>
    public TorchExpertBackend(Checkpoint checkpoint, WorkerPool workers, TorchBackendOptions options)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(workers);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxAssignments, 1, nameof(options));
        RequireComputable(options.Compute);
        Device device = options.Device.Open();
        _checkpoint = checkpoint;
        _compute = options.Compute;
        _shapes = ExpertShape.Of(checkpoint.Description);
        _called = new LoadedExpert[MostExperts(checkpoint.Description)];
        _store = new ExpertStore(options, device);
        int ffn = _shapes.Max(shape => shape?.Ffn ?? 1);
        int hidden = checkpoint.Description.HiddenSize;
        _forward = options.Device.IsCuda
            ? new DeviceForward(device, _compute, hidden, ffn, options.MaxAssignments)
            : new HostForward(workers, _compute, hidden, ffn);
    }

    /// <inheritdoc/>
    public string Name => "torch";

    /// <inheritdoc/>
    public long BytesHeld => _store.BytesHeld;

    /// <summary>x</summary>
    public long ExpertBytes(int layer) => ShapeOf(layer).Bytes(_compute);

    /// <summary>x</summary>
    public void Load(ReplicaId replica, MemorySlot slot)
    {
        ExpertId expert = replica.Expert;
        _store.Load(replica, slot, _checkpoint.Expert(expert.Layer, expert.Expert), ShapeOf(expert.Layer));
    }

    /// <summary>x</summary>
    public void Free(ReplicaId replica) => _store.Free(replica);

    /// <summary>x</summary>
    public void Return(MemorySlot slot) => _store.Return(slot);

    void IExpertBackend.Load(ExpertId expert) => Load(new ReplicaId(expert, 0), new MemorySlot(0, (expert.Layer * 1000) + expert.Expert));

    void IExpertBackend.Free(ExpertId expert) => Free(new ReplicaId(expert, 0));

    /// <inheritdoc/>
    public void Forward(in ExpertWork work)
    {
        for (int i = 0; i < work.Groups.Length; i++)
        {
            ReplicaGroup group = work.Groups[i];
            _called[i] = _store.Find(new ReplicaId(new ExpertId(work.Layer, group.Expert), group.Index));
        }

        MappedExpert.ThrowIfTruncated(_called.AsSpan(0, work.Groups.Length));
        _forward.Run(work, _called);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _forward.Dispose();
        _store.Dispose();
        _checkpoint.Dispose();
    }

    private static void RequireComputable(DType compute)
    {
        if (compute is not (DType.F32 or DType.BF16))
        {
            throw new ArgumentException($"The torch backend computes in f32 or bf16, not in {compute}.", nameof(compute));
        }
    }

    private static int MostExperts(ModelDescription model) => model.Layers.Max(layer => layer is MoeFeedForward moe ? moe.Experts : 0);

    private ExpertShape ShapeOf(int layer) => _shapes.ElementAtOrDefault(layer)
        ?? throw new ArgumentOutOfRangeException(nameof(layer), layer, "The layer has no experts.");
}
