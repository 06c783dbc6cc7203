namespace DaprMoE.Tensors;

/// <summary>
/// How one layer's keys and values of 32 consecutive positions stand in a block of floats. A head's keys are a panel
/// <c>[head size][32 positions]</c>, its values panels <c>[32 positions][32 of the head]</c>: the layout of packed weights, so that
/// attention uses the kernels of <see cref="MatMul"/>.
/// </summary>
/// <param name="KvHeads">Heads of keys and values.</param>
/// <param name="HeadSize">Floats of one head.</param>
public readonly record struct KvLayout(int KvHeads, int HeadSize)
{
    /// <summary>Positions in a block.</summary>
    public const int BlockTokens = PackedMatrix.PanelWidth;

    /// <summary>Floats of one layer's block.</summary>
    public long BlockFloats => (long)KvHeads * HeadFloats;

    /// <summary>Groups of 32 floats that a head's values are cut into.</summary>
    internal int ValuePanels => (HeadSize + PackedMatrix.PanelWidth - 1) / PackedMatrix.PanelWidth;

    /// <summary>Where a head's values begin behind its keys.</summary>
    internal int KeyFloats => HeadSize * BlockTokens;

    internal int HeadFloats => KeyFloats + (ValuePanels * ValuePanelFloats);

    internal static int ValuePanelFloats => BlockTokens * PackedMatrix.PanelWidth;
}
