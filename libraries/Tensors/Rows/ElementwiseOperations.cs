using System.Runtime.CompilerServices;

namespace DaprMoE.Tensors;

internal readonly struct ExpOperation : IElementwise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TSimd, TVector>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => Elementary<TSimd, TVector>.Exp(a);
}

internal readonly struct ExpOfDifferenceOperation : IElementwise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TSimd, TVector>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => Elementary<TSimd, TVector>.Exp(TSimd.Subtract(a, b));
}

internal readonly struct SiluOperation : IElementwise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TSimd, TVector>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => Elementary<TSimd, TVector>.Silu(a);
}

internal readonly struct SiluMultiplyOperation : IElementwise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TSimd, TVector>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.Multiply(Elementary<TSimd, TVector>.Silu(a), b);
}

internal readonly struct AddOperation : IElementwise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TSimd, TVector>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.Add(a, b);
}

internal readonly struct MultiplyOperation : IElementwise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TSimd, TVector>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.Multiply(a, b);
}

internal readonly struct DivideOperation : IElementwise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TSimd, TVector>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged => TSimd.Divide(a, b);
}
