using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DaprMoE.Tensors;

/// <summary>Reads a worker's part of a buffer piece by piece, from the start again at its end.</summary>
internal static class ReadLoop
{
    public static ProbeLoop Create(VectorWidth width, NativeBuffer buffer) => width switch
    {
        VectorWidth.Bits512 => new ReadLoop<Simd512, Vector512<float>>(buffer),
        VectorWidth.Bits256 => new ReadLoop<Simd256, Vector256<float>>(buffer),
        _ => new ReadLoop<Simd128, Vector128<float>>(buffer),
    };
}

/// <inheritdoc/>
internal sealed unsafe class ReadLoop<TSimd, TVector>(NativeBuffer buffer) : ProbeLoop
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private const long PieceBytes = 1 << 20;

    public override double Run(int worker, int workers, long index)
    {
        var pieces = buffer.Length / PieceBytes / workers;
        var piece = (worker * pieces) + (index % pieces);
        Keep(Read(buffer.Pointer + (piece * PieceBytes)));
        return PieceBytes;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Read(byte* piece)
    {
        TVector s0 = TSimd.Zero, s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        var step = 4 * TSimd.Lanes;
        for (var end = piece + PieceBytes; piece < end; piece += 8 * step)
        {
            s0 = TSimd.Add(s0, TSimd.Load(piece));
            s1 = TSimd.Add(s1, TSimd.Load(piece + step));
            s2 = TSimd.Add(s2, TSimd.Load(piece + (2 * step)));
            s3 = TSimd.Add(s3, TSimd.Load(piece + (3 * step)));
            s4 = TSimd.Add(s4, TSimd.Load(piece + (4 * step)));
            s5 = TSimd.Add(s5, TSimd.Load(piece + (5 * step)));
            s6 = TSimd.Add(s6, TSimd.Load(piece + (6 * step)));
            s7 = TSimd.Add(s7, TSimd.Load(piece + (7 * step)));
        }

        var sum = stackalloc float[16];
        TSimd.Store(sum, TSimd.Add(TSimd.Add(TSimd.Add(s0, s1), TSimd.Add(s2, s3)), TSimd.Add(TSimd.Add(s4, s5), TSimd.Add(s6, s7))));
        return sum[0];
    }
}
