namespace DaprMoE.Tensors;

/// <summary>The exponentials of a span as activations of the product with the values: row by row as they stand.</summary>
internal readonly struct ScoreRows : IActivationLayout
{
    public static int RowStride => AttentionScratch.Span;

    public static int InputStride(int rows) => 1;
}
