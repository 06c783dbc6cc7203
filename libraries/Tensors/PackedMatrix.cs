namespace DaprMoE.Tensors;

/// <summary>
/// A weight matrix in kernel order: panels of <see cref="PanelWidth"/> outputs, each panel stored input by input
/// (<c>panel[k][32]</c>), panels one after another, the outputs padded with zeros to whole panels.
/// A 16-bit panel row is 16 words of 32 bits: word j holds output j in its low half and output j + 16 in its high half.
/// This is a view; whoever made <see cref="Data"/> owns the memory.
/// </summary>
/// <param name="Data">The first panel, aligned to 64 bytes.</param>
/// <param name="Outputs">Rows N of the matrix as checkpoints store it ([N, K]).</param>
/// <param name="Inputs">Columns K: the length of the sum of each output.</param>
/// <param name="Type">The stored format.</param>
public readonly unsafe record struct PackedMatrix(nint Data, int Outputs, int Inputs, DType Type)
{
    /// <summary>Outputs in one panel.</summary>
    public const int PanelWidth = 32;

    /// <summary>Panels of this matrix.</summary>
    public int Panels => (Outputs + PanelWidth - 1) / PanelWidth;

    /// <summary>Bytes of one panel.</summary>
    public long PanelBytes => (long)PanelWidth * Inputs * Type.Size();

    /// <summary>Bytes of all panels.</summary>
    public long ByteLength => Panels * PanelBytes;

    /// <summary>Bytes that a packed matrix of this shape takes.</summary>
    public static long BytesFor(int outputs, int inputs, DType type) => new PackedMatrix(0, outputs, inputs, type).ByteLength;
}
