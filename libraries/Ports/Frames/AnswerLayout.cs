using System.Runtime.CompilerServices;

namespace DaprMoE.Ports;

/// <summary>Where the parts of an answer's frame begin, in bytes.</summary>
internal readonly record struct AnswerLayout(int Message, long Rows, long Checksum)
{
    public static int HeaderBytes => Unsafe.SizeOf<AnswerHeader>();

    public long TotalBytes => Checksum + FrameFormat.ChecksumBytes;

    public static AnswerLayout Of(int messageBytes, int rows, int hiddenSize, bool lossy)
    {
        long first = HeaderBytes + FrameFormat.Padded(messageBytes);
        return new AnswerLayout(HeaderBytes, first, first + ((long)rows * FrameFormat.RowBytes(hiddenSize, lossy)));
    }
}
