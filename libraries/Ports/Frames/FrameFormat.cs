using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace DaprMoE.Ports;

/// <summary>
/// The numbers of the format. All values are little-endian, and every part begins at a multiple of 4 bytes:
/// <list type="bullet">
/// <item>a call: header, groups (expert, replica index, pairs), per pair the row, per pair the combine weight, per pair the term's place
/// (bytes, padded), the distinct input rows, checksum;</item>
/// <item>an answer: header, message (UTF-8, padded), rows, checksum.</item>
/// </list>
/// </summary>
public static class FrameFormat
{
    /// <summary>The version that is written and read. Hosts of another one are refused.</summary>
    public const int Version = 1;

    /// <summary>Most UTF-8 bytes of an answer's message.</summary>
    public const int MaxMessageBytes = 1024;

    /// <summary>Most experts of a token: its terms are noted as bits of one word.</summary>
    public const int MaxTopK = 64;

    /// <summary>
    /// Reads which call a frame belongs to, and to which life of the host, unchecked: for finding who waits for it before it is read.
    /// </summary>
    /// <returns>False when it is too short to name them.</returns>
    public static bool TryReadCall(ReadOnlySpan<byte> frame, out long call, out ulong incarnation)
    {
        bool isLongEnough = MemoryMarshal.TryRead(frame, out FrameHeader header);
        (call, incarnation) = (header.Call, header.Incarnation);
        return isLongEnough;
    }

    internal const uint Magic = 0x456F4D44;
    internal const byte Lossy = 1;
    internal const int ChecksumBytes = sizeof(ulong);
    internal const int GroupBytes = 3 * sizeof(int);

    internal static int RowBytes(int hiddenSize, bool lossy) =>
        lossy ? Padded(hiddenSize * sizeof(ushort)) : hiddenSize * sizeof(float);

    internal static int Padded(int bytes) => (bytes + 3) & ~3;

    internal static ulong Checksum(ReadOnlySpan<byte> frame) => XxHash3.HashToUInt64(frame);
}
