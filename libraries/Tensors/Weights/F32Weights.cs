using System.Runtime.CompilerServices;

namespace DaprMoE.Tensors;

/// <summary>Single precision: 32 floats per panel row.</summary>
internal unsafe struct F32Weights : IWeightFormat
{
    public static int Size => sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load2<TSimd, TVector>(byte* source, out TVector low, out TVector high)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        low = TSimd.Load(source);
        high = TSimd.Load(source + 64);
    }
}
