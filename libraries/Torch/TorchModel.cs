using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Torch;

/// <summary>A checkpoint's experts, their sizes and the format that they are held in.</summary>
internal sealed class TorchModel(Checkpoint checkpoint, DType compute) : IDisposable
{
    private readonly ExpertShape?[] _shapes = ExpertShape.Of(checkpoint.Description);

    public DType Compute => compute;

    public int Hidden => checkpoint.Description.HiddenSize;

    public int Layers => _shapes.Length;

    /// <summary>Experts of the layer that has most of them; at least 1.</summary>
    public int MostExperts { get; } = Math.Max(1, checkpoint.Description.Layers.Max(layer => layer is MoeFeedForward moe ? moe.Experts : 0));

    /// <summary>The largest width F of an expert; at least 1.</summary>
    public int LargestFfn => _shapes.Max(shape => shape?.Ffn ?? 1);

    /// <summary>Whether the experts can be computed with where the checkpoint's map has them.</summary>
    public bool CanMap { get; } = MappedExperts.CanMap(checkpoint, compute);

    /// <summary>Bytes of an expert as it is held, in whole pages; 0 for a dense layer.</summary>
    public long ExpertBytes(int layer) => _shapes[layer]?.Bytes(compute) ?? 0;

    public ExpertShape ShapeOf(int layer) =>
        _shapes[layer] ?? throw new ArgumentOutOfRangeException(nameof(layer), layer, "The layer has no experts.");

    public StoredExpert Stored(ExpertId expert) => checkpoint.Expert(expert.Layer, expert.Expert);

    public void Dispose() => checkpoint.Dispose();
}
