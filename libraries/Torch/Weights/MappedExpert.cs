using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DaprMoE.Models;
using DaprMoE.Tensors;
using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>Computes with an expert where the checkpoint's map has it, without a copy.</summary>
internal static unsafe class MappedExpert
{
    /// <summary>Views of the map; null where the stored format or place does not allow it.</summary>
    public static LoadedExpert? TryWrap(StoredExpert expert, ExpertShape shape, DType compute) =>
        CanWrap(expert.Gate, compute) && CanWrap(expert.Up, compute) && CanWrap(expert.Down, compute)
            ? new LoadedExpert
            {
                Shape = shape,
                Gate = Wrap(expert.Gate),
                Up = Wrap(expert.Up),
                Down = Wrap(expert.Down),
                Mapped = expert,
            }
            : null;

    /// <summary>Throws when a file that experts are computed from has become shorter: reading its map would end the process.</summary>
    /// <exception cref="CheckpointException">It has.</exception>
    public static void ThrowIfTruncated(ReadOnlySpan<LoadedExpert> experts)
    {
        SafetensorsFile? asked = null;
        foreach (LoadedExpert expert in experts)
        {
            if (expert.Mapped is { } stored)
            {
                asked = Ask(stored.Gate.File, asked);
                asked = Ask(stored.Up.File, asked);
                asked = Ask(stored.Down.File, asked);
            }
        }
    }

    /// <summary>Neighbours mostly lie in one file: it is asked once.</summary>
    private static SafetensorsFile Ask(SafetensorsFile file, SafetensorsFile? asked)
    {
        if (!ReferenceEquals(file, asked))
        {
            file.ThrowIfTruncated();
        }

        return file;
    }

    private static bool CanWrap(StoredMatrix matrix, DType compute) => matrix.Type == compute && matrix.IsAligned;

    private static Tensor Wrap(StoredMatrix matrix)
    {
        void* memory = Unsafe.AsPointer(ref MemoryMarshal.GetReference(matrix.Mapped));
        using Tensor rows = ForeignMemory.Matrix(memory, matrix.Type, matrix.Rows, matrix.Columns);
        return rows.t();
    }
}
