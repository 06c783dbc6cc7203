using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DaprMoE.Ports;

/// <summary>What calls and answers are checked for alike.</summary>
internal static class FrameReader
{
    /// <summary>Reads the header of a frame of the format and version of this.</summary>
    public static THeader Header<THeader>(ReadOnlySpan<byte> frame)
        where THeader : unmanaged
    {
        FrameCheck.Range("length in bytes", frame.Length, Unsafe.SizeOf<THeader>() + FrameFormat.ChecksumBytes, int.MaxValue);
        FrameHeader header = MemoryMarshal.Read<FrameHeader>(frame);
        FrameCheck.Equal("magic number", header.Magic, FrameFormat.Magic);
        FrameCheck.Equal("version", header.Version, FrameFormat.Version);
        FrameCheck.Range("flags", header.Flags, 0, FrameFormat.Lossy);
        return MemoryMarshal.Read<THeader>(frame);
    }

    /// <summary>Whether the frame ends where its counts say, and is as it was written.</summary>
    public static void CheckWhole(ReadOnlySpan<byte> frame, long totalBytes)
    {
        FrameCheck.Equal("length in bytes", frame.Length, totalBytes);
        ulong checksum = MemoryMarshal.Read<ulong>(frame[^FrameFormat.ChecksumBytes..]);
        if (checksum != FrameFormat.Checksum(frame[..^FrameFormat.ChecksumBytes]))
        {
            throw new FrameException("checksum", $"{checksum:x16}", "that of its bytes; the frame was damaged on its way");
        }
    }
}
