namespace DaprMoE.Tensors;

/// <summary>An operation on corresponding elements of two rows.</summary>
internal interface IElementwise
{
    static abstract TVector Apply<TSimd, TVector>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;
}
