using System.Runtime.CompilerServices;

namespace DaprMoE.Tensors;

/// <summary>Brings finished sums from scratch to their place, with bias and activation.</summary>
internal static unsafe class PanelResults<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const int PanelWidth = PackedMatrix.PanelWidth;

    public static void Write(float* sums, nint sumStride, float* bias, float* output, nint outputStride, int rows, int width)
    {
        for (var row = 0; row < rows; row++)
        {
            AddBias(sums, bias, width);
            Copy(sums, output, width);
            sums += sumStride;
            output += outputStride;
        }
    }

    /// <summary>Each row of sums is 32 of the gate followed by 32 of up.</summary>
    public static void WriteGated(float* sums, nint sumStride, float* bias, float* output, nint outputStride, int rows, int width)
    {
        for (var row = 0; row < rows; row++)
        {
            AddBias(sums, bias, 2 * PanelWidth);
            for (var column = 0; column < PanelWidth; column += TSimd.Lanes)
            {
                var gated = Elementary<TSimd, TVector>.Silu(TSimd.Load(sums + column));
                TSimd.Store(sums + column, TSimd.Multiply(gated, TSimd.Load(sums + PanelWidth + column)));
            }

            Copy(sums, output, width);
            sums += sumStride;
            output += outputStride;
        }
    }

    private static void AddBias(float* sums, float* bias, int width)
    {
        for (var column = 0; bias != null && column < width; column++)
        {
            sums[column] += bias[column];
        }
    }

    private static void Copy(float* sums, float* output, int width) =>
        Unsafe.CopyBlockUnaligned(output, sums, (uint)width * sizeof(float));
}
