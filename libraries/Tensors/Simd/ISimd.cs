namespace DaprMoE.Tensors;

/// <summary>
/// The operations that kernels need of a vector of floats, so that one generic kernel serves every width.
/// Bit operations act on the lanes' 32-bit patterns. Minimum and maximum are compare-and-select: their results do not differ
/// between processors.
/// </summary>
internal unsafe interface ISimd<TVector>
    where TVector : unmanaged
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Lanes { get; }

    static abstract TVector Zero { get; }

    static abstract TVector Load(void* source);

    static abstract void Store(float* destination, TVector value);

    static abstract TVector Broadcast(float value);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract TVector Fma(TVector a, TVector b, TVector c);

    /// <summary>a where a &gt; b, otherwise b.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>a where a &lt; b, otherwise b.</summary>
    static abstract TVector Min(TVector a, TVector b);

    static abstract TVector ShiftLeft(TVector bits, int count);

    static abstract TVector ShiftRightArithmetic(TVector bits, int count);

    static abstract TVector AddBits(TVector a, TVector b);

    static abstract TVector SubtractBits(TVector a, TVector b);

    static abstract TVector And(TVector bits, uint mask);

    /// <summary>Keeps the lanes before <paramref name="count"/> and puts <paramref name="fill"/> into the others.</summary>
    static abstract TVector KeepFirst(TVector value, int count, TVector fill);

    /// <summary>The largest of the lanes.</summary>
    static abstract float MaxAcross(TVector value);
}
