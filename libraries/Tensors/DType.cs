namespace DaprMoE.Tensors;

/// <summary>The number format in which weights are stored. Activations and sums are always <see cref="F32"/>.</summary>
public enum DType
{
    /// <summary>IEEE 754 single precision, 4 bytes.</summary>
    F32,

    /// <summary>The upper half of a single: 8 exponent and 7 fraction bits, 2 bytes.</summary>
    BF16,

    /// <summary>IEEE 754 half precision, 2 bytes.</summary>
    F16,
}

/// <summary>Facts about each <see cref="DType"/>.</summary>
public static class DTypes
{
    /// <summary>Bytes of one stored value.</summary>
    public static int Size(this DType type) => type == DType.F32 ? 4 : 2;
}
