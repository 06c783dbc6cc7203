using System.Runtime.Intrinsics;

namespace DaprMoE.Tensors;

/// <summary>The vector width in bits that kernels run with. Results are bit-equal for all of them.</summary>
public enum VectorWidth
{
    /// <summary>128-bit vectors (SSE, NEON).</summary>
    Bits128 = 128,

    /// <summary>256-bit vectors (AVX2).</summary>
    Bits256 = 256,

    /// <summary>512-bit vectors (AVX-512).</summary>
    Bits512 = 512,
}

/// <summary>Chooses a <see cref="VectorWidth"/>.</summary>
public static class VectorWidths
{
    /// <summary>The widest that this processor runs in hardware.</summary>
    public static VectorWidth Best =>
        Vector512.IsHardwareAccelerated ? VectorWidth.Bits512 :
        Vector256.IsHardwareAccelerated ? VectorWidth.Bits256 :
        VectorWidth.Bits128;
}
