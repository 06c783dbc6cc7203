namespace DaprMoE.Tensors;

/// <summary>A tile's rows interleaved, <c>[k][rows]</c>: one stream. A single row is packed as it is.</summary>
internal readonly struct PackedActivations : IActivationLayout
{
    public static int RowStride => 1;

    public static int InputStride(int rows) => rows;
}
