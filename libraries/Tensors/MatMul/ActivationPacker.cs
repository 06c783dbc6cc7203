using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DaprMoE.Tensors;

/// <summary>Interleaves the rows of a tile to <c>[k][rows]</c>.</summary>
internal static unsafe class ActivationPacker
{
    public static void PackTile(in MatMulTask task, int firstRow, int rows, float* packed)
    {
        var inputs = task.Weights.Inputs;
        var row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            var first = firstRow + row;
            PackFour(
                task.InputRow(first), task.InputRow(first + 1), task.InputRow(first + 2), task.InputRow(first + 3),
                inputs, packed + row, rows);
        }

        for (; row < rows; row++)
        {
            PackOne(task.InputRow(firstRow + row), inputs, packed + row, rows);
        }
    }

    /// <summary>Spreads one row: input k goes to packed[k·<paramref name="rows"/>].</summary>
    public static void PackOne(float* source, int inputs, float* packed, int rows)
    {
        for (var k = 0; k < inputs; k++)
        {
            packed[(nint)k * rows] = source[k];
        }
    }

    /// <summary>Interleaves four rows: input k of them goes to packed[k·<paramref name="rows"/>] and the three places behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackFour(float* a, float* b, float* c, float* d, int inputs, float* packed, int rows)
    {
        var k = 0;
        if (Sse2.IsSupported || AdvSimd.Arm64.IsSupported)
        {
            for (; k + 4 <= inputs; k += 4)
            {
                var (ab0, ab1) = Zip(Vector128.Load(a + k), Vector128.Load(b + k));
                var (cd0, cd1) = Zip(Vector128.Load(c + k), Vector128.Load(d + k));
                StoreHalves(ab0, cd0, packed, rows);
                StoreHalves(ab1, cd1, packed + (2 * rows), rows);
                packed += 4 * (nint)rows;
            }
        }

        for (; k < inputs; k++)
        {
            packed[0] = a[k];
            packed[1] = b[k];
            packed[2] = c[k];
            packed[3] = d[k];
            packed += rows;
        }
    }

    /// <summary>Alternates the lanes of two vectors: a0 b0 a1 b1, a2 b2 a3 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Low, Vector128<float> High) Zip(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported
            ? (Sse.UnpackLow(a, b), Sse.UnpackHigh(a, b))
            : (AdvSimd.Arm64.ZipLow(a, b), AdvSimd.Arm64.ZipHigh(a, b));

    /// <summary>Alternates the halves of two vectors: a0 a1 b0 b1, a2 a3 b2 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<double> Low, Vector128<double> High) Zip(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported
            ? (Sse2.UnpackLow(a, b), Sse2.UnpackHigh(a, b))
            : (AdvSimd.Arm64.ZipLow(a, b), AdvSimd.Arm64.ZipHigh(a, b));

    /// <summary>Puts two inputs of four rows together: the lower halves are one input, the upper halves the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalves(Vector128<float> ab, Vector128<float> cd, float* packed, int rows)
    {
        var (first, second) = Zip(ab.AsDouble(), cd.AsDouble());
        first.AsSingle().Store(packed);
        second.AsSingle().Store(packed + rows);
    }
}
