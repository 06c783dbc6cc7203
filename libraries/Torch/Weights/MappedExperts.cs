using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;
using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>Experts where the checkpoint's map has them, without a copy. Returning a slot makes the kernel drop their pages.</summary>
internal sealed unsafe class MappedExperts : IExpertMemory
{
    private readonly Dictionary<MemorySlot, StoredExpert> _slots = [];

    /// <summary>Whether a checkpoint's experts are stored in the format that is computed in, in places that allow it.</summary>
    public static bool CanMap(Checkpoint checkpoint, DType compute) =>
        checkpoint.Description.Layers.Select((layer, index) => (Experts: layer is MoeFeedForward moe ? moe.Experts : 0, Layer: index))
            .SelectMany(layer => Enumerable.Range(0, layer.Experts).Select(expert => checkpoint.Expert(layer.Layer, expert)))
            .All(expert => CanMap(expert.Gate, compute) && CanMap(expert.Up, compute) && CanMap(expert.Down, compute));

    public LoadedExpert? Load(MemorySlot slot, StoredExpert stored, ExpertShape shape, ILoadPace pace)
    {
        lock (_slots)
        {
            _slots[slot] = stored;
        }

        return new LoadedExpert
        {
            Shape = shape,
            Gate = Transposed(stored.Gate),
            Up = Transposed(stored.Up),
            Down = Transposed(stored.Down),
            Mapped = stored,
        };
    }

    public void Return(MemorySlot slot)
    {
        lock (_slots)
        {
            if (_slots.TryGetValue(slot, out StoredExpert? stored))
            {
                stored.Gate.Drop();
                stored.Up.Drop();
                stored.Down.Drop();
            }
        }
    }

    public void Dispose()
    {
    }

    private static bool CanMap(StoredMatrix matrix, DType compute) => matrix.Type == compute && matrix.IsAligned;

    private static Tensor Transposed(StoredMatrix matrix)
    {
        void* memory = Unsafe.AsPointer(ref MemoryMarshal.GetReference(matrix.Mapped));
        using Tensor rows = ForeignMemory.Matrix(memory, matrix.Type, matrix.Rows, matrix.Columns);
        return rows.t();
    }
}
