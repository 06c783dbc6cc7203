using DaprMoE.Experts;
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

    /// <summary>Fills a slot with gate, up and down, one after another; false when the pace ended it.</summary>
    public bool TryFill(Tensor slot, StoredExpert expert, ILoadPace pace)
    {
        long at = 0;
        foreach (StoredMatrix matrix in (ReadOnlySpan<StoredMatrix>)[expert.Gate, expert.Up, expert.Down])
        {
            if (!TryCopy(matrix, slot, at, pace))
            {
                return false;
            }

            at += matrix.Elements;
        }

        return true;
    }

    public void Dispose() => _portion.Dispose();

    private bool TryCopy(StoredMatrix matrix, Tensor slot, long at, ILoadPace pace)
    {
        int size = matrix.Type.Size();
        int most = Math.Max(1, Math.Min(PortionBytes, pace.PieceBytes) / size);
        for (long first = 0; first < matrix.Elements;)
        {
            int count = (int)Math.Min(most, matrix.Elements - first);
            if (!pace.MayRead(count * size))
            {
                return false;
            }

            matrix.Read(first, new Span<byte>(_portion.Pointer, count * size));
            using Tensor portion = ForeignMemory.Vector(_portion.Pointer, matrix.Type, count);
            using Tensor target = slot.narrow(0, at + first, count);
            target.copy_(portion);
            first += count;
        }

        return true;
    }
}
