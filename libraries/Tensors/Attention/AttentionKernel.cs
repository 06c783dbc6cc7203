using System.Runtime.Intrinsics;

namespace DaprMoE.Tensors;

/// <summary>Computes the attention of one tile of query rows.</summary>
internal abstract unsafe class AttentionKernel
{
    public static AttentionKernel Create(VectorWidth width, KvLayout layout, float scale) => width switch
    {
        VectorWidth.Bits512 => new AttentionKernel<Simd512, Vector512<float>>(layout, scale),
        VectorWidth.Bits256 => new AttentionKernel<Simd256, Vector256<float>>(layout, scale),
        _ => new AttentionKernel<Simd128, Vector128<float>>(layout, scale),
    };

    public abstract void Run(in AttentionTile tile, in AttentionRows rows, float* memory);
}
