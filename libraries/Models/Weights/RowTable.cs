using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>A row-major table of stored values.</summary>
/// <param name="Data">Address of the first row.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Values per row.</param>
/// <param name="Type">Stored format.</param>
public readonly record struct RowTable(nint Data, int Rows, int Columns, DType Type);
