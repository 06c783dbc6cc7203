using System.Runtime.CompilerServices;

namespace DaprMoE.Ports;

/// <summary>Where the parts of a call's frame begin, in bytes.</summary>
internal readonly record struct CallLayout(int Groups, long PairRows, long Weights, long Terms, long Input, long Checksum)
{
    public static int HeaderBytes => Unsafe.SizeOf<CallHeader>();

    public long TotalBytes => Checksum + FrameFormat.ChecksumBytes;

    public static CallLayout Of(int groups, int pairs, int rows, int hiddenSize, bool lossy)
    {
        long pairRows = HeaderBytes + ((long)groups * FrameFormat.GroupBytes);
        long weights = pairRows + ((long)pairs * sizeof(int));
        long terms = weights + ((long)pairs * sizeof(float));
        long input = terms + (((long)pairs + 3) & ~3);
        long checksum = input + ((long)rows * FrameFormat.RowBytes(hiddenSize, lossy));
        return new CallLayout(HeaderBytes, pairRows, weights, terms, input, checksum);
    }
}
