namespace DaprMoE.Tensors;

/// <summary>How a <see cref="DType"/> is read from a packed panel.</summary>
internal unsafe interface IWeightFormat
{
    /// <summary>Bytes of one stored value.</summary>
    static abstract int Size { get; }

    /// <summary>Reads a vector of consecutive outputs from the panel's lower half and the outputs 16 above them.</summary>
    static abstract void Load2<TSimd, TVector>(byte* source, out TVector low, out TVector high)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged;
}
