using DaprMoE.Models;
using DaprMoE.Tensors;
using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>
/// Copies a checkpoint's matrices into a slot and converts them on the way. It reads instead of using the map: a file that shrinks is then
/// an error and not the end of the process, and its pages do not count as this process's memory. One thread at a time.
/// </summary>
internal sealed unsafe class SlotFiller : IDisposable
{
    // Fits the second-level cache, so that converting costs little beside reading.
    private const int PortionBytes = 256 << 10;

    private readonly NativeBuffer _portion = new(PortionBytes);

    public void Fill(Tensor slot, StoredExpert expert)
    {
        long next = Copy(expert.Gate, slot, 0);
        next = Copy(expert.Up, slot, next);
        Copy(expert.Down, slot, next);
    }

    public void Dispose() => _portion.Dispose();

    private long Copy(StoredMatrix matrix, Tensor slot, long at)
    {
        int size = matrix.Type.Size();
        for (long first = 0; first < matrix.Elements;)
        {
            int count = (int)Math.Min(PortionBytes / size, matrix.Elements - first);
            matrix.Read(first, new Span<byte>(_portion.Pointer, count * size));
            using Tensor portion = ForeignMemory.Vector(_portion.Pointer, matrix.Type, count);
            using Tensor target = slot.narrow(0, at + first, count);
            target.copy_(portion);
            first += count;
        }

        return at + matrix.Elements;
    }
}
