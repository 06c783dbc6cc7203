namespace DaprMoE.Tensors;

/// <summary>A sequence's rows in one iteration and where its keys and values are.</summary>
public readonly unsafe struct AttentionSequence
{
    /// <summary>The first of its rows among all rows of the call.</summary>
    public required int FirstRow { get; init; }

    /// <summary>Its rows, consecutive positions; 0 means no work.</summary>
    public required int Rows { get; init; }

    /// <summary>The position of the first row. Row r sees the positions 0 … <see cref="FirstPosition"/> + r.</summary>
    public required int FirstPosition { get; init; }

    /// <summary>Its blocks: entry b holds the positions 32·b … 32·b + 31.</summary>
    public required int* Blocks { get; init; }
}
