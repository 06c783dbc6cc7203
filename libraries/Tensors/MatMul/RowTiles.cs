using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace DaprMoE.Tensors;

/// <summary>
/// The innermost loops: a few rows times one panel of 32 outputs (or the slice of it that two vectors cover), over all inputs.
/// Every output is one chain of fused multiply-adds over ascending inputs, so its bits depend neither on the tile nor on the width.
/// </summary>
/// <remarks>
/// Lanes are outputs: a tile keeps two vectors of sums per row. Arguments of all tiles: activations <c>x</c>, weights <c>w</c>, results
/// <c>y</c> with <c>yStride</c> floats per row, <c>k</c> inputs, the address to prefetch and how far it moves per input, and whether
/// the chains go on from what <c>y</c> holds. The <c>Wide</c> tiles cover two adjacent slices of a panel in one pass.
/// </remarks>
internal static unsafe partial class RowTiles<TSimd, TVector, TWeights, TLayout>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
    where TWeights : struct, IWeightFormat
    where TLayout : struct, IActivationLayout
{
    private const int PanelWidth = PackedMatrix.PanelWidth;

    /// <summary>One panel times one tile; <paramref name="rows"/> is a size that <see cref="TileSizes"/> gives.</summary>
    public static void Panel(
        int rows, float* x, byte* w, float* y, nint yStride, nint k, byte* ahead, nint aheadStep, bool resume)
    {
        var slice = rows <= 2 && TSimd.Lanes < 16 ? 2 * TSimd.Lanes : TSimd.Lanes;
        for (var lane = 0; lane < 16; lane += slice)
        {
            Slice(rows, x, w + (4 * lane), y + lane, yStride, k, ahead, aheadStep, resume);

            // The first slice has prefetched whole lines for all of them.
            ahead = w;
            aheadStep = 0;
        }
    }

    private static void Slice(
        int rows, float* x, byte* w, float* y, nint yStride, nint k, byte* ahead, nint aheadStep, bool resume)
    {
        switch (rows)
        {
            case 1 when TSimd.Lanes < 16:
                Wide1(x, w, y, yStride, k, ahead, aheadStep, resume);
                break;
            case 2 when TSimd.Lanes < 16:
                Wide2(x, w, y, yStride, k, ahead, aheadStep, resume);
                break;
            case 1:
                Rows1(x, w, y, yStride, k, ahead, aheadStep, resume);
                break;
            case 2:
                Rows2(x, w, y, yStride, k, ahead, aheadStep, resume);
                break;
            case 3:
                Rows3(x, w, y, yStride, k, ahead, aheadStep, resume);
                break;
            case 4:
                Rows4(x, w, y, yStride, k, ahead, aheadStep, resume);
                break;
            case 6:
                Rows6(x, w, y, yStride, k, ahead, aheadStep, resume);
                break;
            case 8:
                Rows8(x, w, y, yStride, k, ahead, aheadStep, resume);
                break;
            case 12:
                Rows12(x, w, y, yStride, k, ahead, aheadStep, resume);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rows), rows, "There is no tile of this size.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(byte* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
            if (TWeights.Size == sizeof(float))
            {
                Sse.Prefetch0(address + 64);
            }
        }
    }
}
