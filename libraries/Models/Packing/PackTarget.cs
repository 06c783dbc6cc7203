using Microsoft.Win32.SafeHandles;

namespace DaprMoE.Models;

/// <summary>The file that is being packed, as its jobs see it.</summary>
internal sealed class PackTarget(
    SafeFileHandle file, long dataStart, long dataBytes, ByteReporter<PackProgress> reporter, CancellationToken cancellation)
{
    /// <summary>Writes at a place of the data part.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + bytes.Length, dataBytes, nameof(offset));
        RandomAccess.Write(file, bytes, dataStart + offset);
    }

    /// <summary>Counts bytes of the checkpoint that are done.</summary>
    public void Done(long sourceBytes) => reporter.Add(sourceBytes);
}
