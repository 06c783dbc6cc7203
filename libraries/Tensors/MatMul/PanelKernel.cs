using System.Runtime.Intrinsics;

namespace DaprMoE.Tensors;

/// <summary>Computes 32 columns after 32 columns of a range of rows, for one vector width and weight format.</summary>
internal abstract unsafe class PanelKernel
{
    /// <summary>Tiles whose packed activations stay in the second-level cache while all panels pass by.</summary>
    public const int BlockTiles = 11;

    /// <summary>Columns of one row of scratch: a gate panel and an up panel.</summary>
    public const int ScratchStride = 2 * PackedMatrix.PanelWidth;

    /// <summary>Floats that each worker needs as scratch: one block of full tiles.</summary>
    public const int ScratchFloats = BlockTiles * 12 * ScratchStride;

    public static PanelKernel Create(VectorWidth width, DType type) => width switch
    {
        VectorWidth.Bits512 => Create<Simd512, Vector512<float>>(width, type),
        VectorWidth.Bits256 => Create<Simd256, Vector256<float>>(width, type),
        _ => Create<Simd128, Vector128<float>>(width, type),
    };

    /// <summary>Computes the units (groups of 32 columns) [firstUnit, endUnit) of the rows [firstRow, endRow).</summary>
    /// <param name="planned">The task; firstRow is the first row of one of its tiles.</param>
    /// <param name="firstRow">First row.</param>
    /// <param name="endRow">Row behind the last one.</param>
    /// <param name="firstUnit">First unit.</param>
    /// <param name="endUnit">Unit behind the last one.</param>
    /// <param name="next">What the worker reads after these units, to be requested in advance; null: nothing.</param>
    /// <param name="scratch">The worker's <see cref="ScratchFloats"/> floats.</param>
    public abstract void Run(in PlannedTask planned, int firstRow, int endRow, int firstUnit, int endUnit, byte* next, float* scratch);

    private static PanelKernel Create<TSimd, TVector>(VectorWidth width, DType type)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => type switch
        {
            DType.F32 => new PanelKernel<TSimd, TVector, F32Weights>(TileSizes.For(width)),
            DType.BF16 => new PanelKernel<TSimd, TVector, Bf16Weights>(TileSizes.For(width)),
            _ => new PanelKernel<TSimd, TVector, F16Weights>(TileSizes.For(width)),
        };
}
