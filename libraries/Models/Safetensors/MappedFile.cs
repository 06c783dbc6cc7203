using System.IO.MemoryMappedFiles;
using DaprMoE.Tensors;
using Microsoft.Win32.SafeHandles;

namespace DaprMoE.Models;

/// <summary>A whole file mapped for reading.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;

    private MappedFile(MemoryMappedFile map, MemoryMappedViewAccessor view, long length)
    {
        _map = map;
        _view = view;
        Length = length;
        byte* address = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        Address = (nint)(address + view.PointerOffset);
    }

    /// <summary>Address of the first byte, aligned to a page.</summary>
    public nint Address { get; }

    /// <summary>Bytes mapped.</summary>
    public long Length { get; }

    /// <summary>Maps an open, non-empty file; the handle stays the caller's.</summary>
    public static MappedFile Open(string path, SafeFileHandle file, long length)
    {
        try
        {
            MemoryMappedFile map = MemoryMappedFile.CreateFromFile(
                file, null, length, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            return new MappedFile(map, map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read), length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CheckpointException(path, $"{length} bytes can't be mapped into memory: {fault.Message}", fault);
        }
    }

    /// <summary>Asks for pages of 2 MiB: reading weights at full speed spends a good tenth of its time on address translation else.</summary>
    public void PreferHugePages() => HugePages.Advise((void*)Address, Length);

    /// <summary>Unmaps the pages of a part that begins and ends at pages; they come back when they are read.</summary>
    public void Drop(long offset, long bytes) => PageAdvice.Drop((void*)(Address + (nint)offset), bytes);

    /// <summary>A part of the file.</summary>
    public ReadOnlySpan<byte> Bytes(long offset, int count)
    {
        ObjectDisposedException.ThrowIf(_view.SafeMemoryMappedViewHandle.IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + count, Length, nameof(offset));
        return new ReadOnlySpan<byte>((byte*)Address + offset, count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
    }
}
