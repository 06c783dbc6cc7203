using System.Runtime.CompilerServices;

namespace DaprMoE.Tensors;

/// <summary>bf16 pairs: a value becomes a single by standing in its upper half.</summary>
internal unsafe struct Bf16Weights : IWeightFormat
{
    public static int Size => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load2<TSimd, TVector>(byte* source, out TVector low, out TVector high)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        var pair = TSimd.Load(source);
        low = TSimd.ShiftLeft(pair, 16);
        high = TSimd.And(pair, 0xffff0000);
    }
}
