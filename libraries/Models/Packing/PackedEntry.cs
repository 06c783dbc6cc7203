using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>One weight that stays with the model (all but the experts').</summary>
/// <param name="Key">What it is, e.g. <c>layers.0.query</c>.</param>
/// <param name="Source">The checkpoint's tensor; of a pair the first.</param>
/// <param name="Partner">The second tensor of a pair.</param>
/// <param name="Form">How it is stored.</param>
/// <param name="Type">The stored dtype.</param>
/// <param name="Rows">Rows of the source (of each of a pair); 1 for a vector.</param>
/// <param name="Columns">Columns of the source.</param>
/// <param name="Offset">Bytes from the start of the data.</param>
internal sealed record PackedEntry(
    string Key, string Source, string? Partner, PackedForm Form, DType Type, int Rows, int Columns, long Offset)
{
    /// <summary>Bytes that the entry takes.</summary>
    public long ByteLength => Form switch
    {
        PackedForm.Rows => (long)Rows * Columns * Type.Size(),
        PackedForm.Panels => PackedMatrix.BytesFor(Rows, Columns, Type),
        PackedForm.PanelPairs => 2 * PackedMatrix.BytesFor(Rows, Columns, Type),
        _ => (long)Columns * sizeof(float),
    };
}
