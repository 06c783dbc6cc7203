using DaprMoE.Models;
using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>An expert's matrices: transposed views [inputs, outputs] of row-major memory that a slot or a map has.</summary>
internal sealed class LoadedExpert : IDisposable
{
    /// <summary>Its sizes.</summary>
    public required ExpertShape Shape { get; init; }

    /// <summary>[H, F].</summary>
    public required Tensor Gate { get; init; }

    /// <summary>[H, F].</summary>
    public required Tensor Up { get; init; }

    /// <summary>[F, H].</summary>
    public required Tensor Down { get; init; }

    /// <summary>The tensors whose map it is computed from; null where it is a copy.</summary>
    public StoredExpert? Mapped { get; init; }

    /// <summary>Views of memory that holds gate, up and down one after another.</summary>
    public static LoadedExpert In(Tensor memory, ExpertShape shape)
    {
        long size = shape.MatrixElements;
        return new LoadedExpert
        {
            Shape = shape,
            Gate = Transposed(memory, 0, shape.Ffn, shape.Hidden),
            Up = Transposed(memory, size, shape.Ffn, shape.Hidden),
            Down = Transposed(memory, 2 * size, shape.Hidden, shape.Ffn),
        };
    }

    public void Dispose()
    {
        Gate.Dispose();
        Up.Dispose();
        Down.Dispose();
    }

    private static Tensor Transposed(Tensor memory, long first, long rows, long columns)
    {
        using Tensor matrix = memory.Matrix(first, rows, columns);
        return matrix.t();
    }
}
