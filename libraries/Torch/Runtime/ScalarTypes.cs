using DaprMoE.Tensors;
using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>torch's names of the number formats.</summary>
internal static class ScalarTypes
{
    public static ScalarType ToTorch(this DType type) => type switch
    {
        DType.F32 => ScalarType.Float32,
        DType.BF16 => ScalarType.BFloat16,
        DType.F16 => ScalarType.Float16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Known are F32, BF16 and F16."),
    };
}
