using System.Diagnostics.CodeAnalysis;

namespace DaprMoE.Tensors;

/// <summary>
/// Zeroed memory outside the garbage collector's heap, aligned to 64 bytes; large buffers are committed page by page, when written. From 2 MiB on it is aligned to 2 MiB and, on Linux,
/// asks for huge pages. Freed by <see cref="IDisposable.Dispose"/>, or after the buffer became unreachable.
/// </summary>
public sealed unsafe class NativeBuffer : IDisposable
{
    private readonly NativeBufferHandle _handle;

    /// <summary>Allocates a buffer.</summary>
    /// <param name="bytes">Its length; 0 is allowed.</param>
    /// <exception cref="OutOfMemoryException">The system has no memory of that size.</exception>
    public NativeBuffer(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Length = bytes;
        _handle = NativeBufferHandle.Allocate(bytes);
    }

    /// <summary>Length in bytes.</summary>
    public long Length { get; }

    /// <summary>The first byte. Valid while this object is alive and not disposed.</summary>
    /// <exception cref="ObjectDisposedException">The buffer was freed.</exception>
    [SuppressMessage("Naming", "CA1720", Justification = "It is the pointer.")]
    public byte* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            return _handle.Start;
        }
    }

    /// <summary><see cref="Pointer"/> as floats.</summary>
    public float* Floats => (float*)Pointer;

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
