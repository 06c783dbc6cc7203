using System.Buffers;
using System.Collections.Concurrent;

namespace DaprMoE.DirectTransport;

/// <summary>
/// One frame, on loan: whoever holds it last gives it back. It has its bytes, or a source that writes them where they are to be sent from,
/// which saves a copy as long as what the source reads stays as it is.
/// </summary>
internal sealed class FrameBuffer
{
    private const int MostSpare = 256;
    private static readonly ConcurrentQueue<FrameBuffer> Spare = new();

    private byte[] _bytes = [];
    private IFrameSource? _source;

    private FrameBuffer()
    {
    }

    /// <summary>The frame.</summary>
    public Memory<byte> Memory => _bytes.AsMemory(0, Length);

    /// <summary>The frame.</summary>
    public Span<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>Bytes of the frame.</summary>
    public int Length { get; private set; }

    /// <summary>A frame of so many bytes, to be written.</summary>
    public static FrameBuffer Rent(int length)
    {
        FrameBuffer buffer = Spare.TryDequeue(out FrameBuffer? spare) ? spare : new FrameBuffer();
        buffer._bytes = ArrayPool<byte>.Shared.Rent(length);
        buffer.Length = length;
        return buffer;
    }

    /// <summary>A frame that a source writes later.</summary>
    public static FrameBuffer Of(IFrameSource source, int length)
    {
        FrameBuffer buffer = Spare.TryDequeue(out FrameBuffer? spare) ? spare : new FrameBuffer();
        buffer._source = source;
        buffer.Length = length;
        return buffer;
    }

    /// <summary>Has the source write the frame now, since it is to be sent later.</summary>
    public void Materialize()
    {
        if (_source is { } source)
        {
            _bytes = ArrayPool<byte>.Shared.Rent(Length);
            source.WriteFrame(Span);
            _source = null;
        }
    }

    /// <summary>Writes the frame.</summary>
    public void WriteTo(IBufferWriter<byte> writer)
    {
        if (_source is { } source)
        {
            source.WriteFrame(writer.GetSpan(Length)[..Length]);
            writer.Advance(Length);
        }
        else
        {
            writer.Write(Span);
        }
    }

    /// <summary>Gives the memory back; once.</summary>
    public void Return()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = [];
        _source = null;
        Length = 0;
        if (Spare.Count < MostSpare)
        {
            Spare.Enqueue(this);
        }
    }
}
