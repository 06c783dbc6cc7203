using System.Buffers;
using System.Collections.Concurrent;

namespace DaprMoE.DirectTransport;

/// <summary>The bytes of one frame, on loan: whoever holds it last gives it back.</summary>
internal sealed class FrameBuffer
{
    private const int MostSpare = 256;
    private static readonly ConcurrentQueue<FrameBuffer> Spare = new();

    private byte[] _bytes = [];

    private FrameBuffer()
    {
    }

    /// <summary>The frame.</summary>
    public Memory<byte> Memory => _bytes.AsMemory(0, Length);

    /// <summary>The frame.</summary>
    public Span<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>Bytes of the frame.</summary>
    public int Length { get; private set; }

    public static FrameBuffer Rent(int length)
    {
        if (!Spare.TryDequeue(out FrameBuffer? buffer))
        {
            buffer = new FrameBuffer();
        }

        buffer._bytes = ArrayPool<byte>.Shared.Rent(length);
        buffer.Length = length;
        return buffer;
    }

    /// <summary>Gives the memory back; once.</summary>
    public void Return()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
        if (Spare.Count < MostSpare)
        {
            Spare.Enqueue(this);
        }
    }
}
