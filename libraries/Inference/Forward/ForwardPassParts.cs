using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>What a forward pass is made of.</summary>
/// <param name="Model">The model; stays open as long as the pass.</param>
/// <param name="Experts">The MoE-layer port.</param>
/// <param name="Workers">The threads; their caller is the engine's thread.</param>
/// <param name="Width">Vector width of the kernels.</param>
/// <param name="Observer">Sees the pass from inside; null: nobody.</param>
public sealed record ForwardPassParts(
    PackedModel Model, IMoeLayer Experts, WorkerPool Workers, VectorWidth Width, IForwardObserver? Observer);

/// <summary>Sizes that a forward pass allocates for.</summary>
/// <param name="Rows">Most rows of one batch.</param>
/// <param name="LogitRows">Most rows that want logits.</param>
/// <param name="Context">Longest sequence.</param>
internal readonly record struct ForwardPassLimits(int Rows, int LogitRows, int Context);
