using DaprMoE.Tensors;

namespace DaprMoE.Torch;

/// <summary>How a torch backend computes and where.</summary>
public sealed record TorchBackendOptions
{
    /// <value>Where. The default is the processor's cores.</value>
    public TorchDevice Device { get; init; } = TorchDevice.Cpu;

    /// <value>The format that weights are held and products computed in: F32 or BF16. The default is F32; rows go in and out as F32 always.</value>
    public DType Compute { get; init; } = DType.F32;

    /// <value>
    /// Whether the device has a memory budget: then every expert is copied into a slot. Without one, an expert whose stored format equals
    /// <see cref="Compute"/> is computed with where the checkpoint's map has it, if the device is the processor. The default is true.
    /// </value>
    public bool Budgeted { get; init; } = true;

    /// <value>Most assignments, and most input rows, of one call; at least 1.</value>
    public required int MaxAssignments { get; init; }
}
