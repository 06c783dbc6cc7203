using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>Views of parts of tensors; whoever asks for one disposes it.</summary>
internal static class TensorViews
{
    /// <summary>A matrix [rows, columns] of consecutive values.</summary>
    public static Tensor Matrix(this Tensor values, long first, long rows, long columns)
    {
        using Tensor part = values.narrow(0, first, rows * columns);
        return part.view(rows, columns);
    }

    /// <summary>Consecutive rows of a matrix.</summary>
    public static Tensor Rows(this Tensor matrix, long first, long count) => matrix.narrow(0, first, count);
}
