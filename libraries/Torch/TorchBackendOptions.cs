using DaprMoE.Tensors;

namespace DaprMoE.Torch;

/// <summary>How torch backends compute and where.</summary>
public sealed record TorchBackendOptions
{
    /// <value>Where. The default is the processor's cores.</value>
    public TorchDevice Device { get; init; } = TorchDevice.Cpu;

    /// <value>The format that weights are held and products computed in: F32 or BF16. The default is F32; rows go in and out as F32 always.</value>
    public DType Compute { get; init; } = DType.F32;
}
