namespace DaprMoE.Tensors;

/// <summary>Where a row tile finds its activations: input k of row r stands at x[r·RowStride + k·InputStride].</summary>
internal interface IActivationLayout
{
    static abstract int RowStride { get; }

    /// <summary>For a tile of <paramref name="rows"/> rows.</summary>
    static abstract int InputStride(int rows);
}
