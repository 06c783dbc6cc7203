using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace DaprMoE.Tensors;

/// <summary>
/// A range of addresses whose pages come when they are written and go by <see cref="PageAdvice.Drop"/>. On Linux it is private memory that
/// reserves nothing; elsewhere the range is allocated as a whole and keeps its pages.
/// </summary>
public sealed unsafe partial class ReservedMemory : SafeHandle
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymousNoReserve = 0x4022;

    private readonly bool _isMapped;

    /// <summary>Reserves a range; its bytes are zeros.</summary>
    /// <param name="bytes">Its length, above 0.</param>
    /// <exception cref="InsufficientMemoryException">The system has no addresses, or does not lend memory beyond what it has.</exception>
    public ReservedMemory(long bytes)
        : base(0, ownsHandle: true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        nuint length = checked((nuint)bytes + (nuint)HugePages.Size);
        _isMapped = OperatingSystem.IsLinux();
        nint start = _isMapped ? Map(0, length, ReadWrite, PrivateAnonymousNoReserve, -1, 0) : (nint)NativeMemory.AllocZeroed(length);
        if (start is 0 or -1)
        {
            SetHandleAsInvalid();
            throw new InsufficientMemoryException(
                $"No {bytes} bytes of addresses can be reserved for experts. Lower the device's memory, or allow overcommit.");
        }

        SetHandle(start);
        Mapped = length;
        Length = bytes;
        Start = (byte*)(((nuint)start + (nuint)HugePages.Size - 1) & ~((nuint)HugePages.Size - 1));
    }

    /// <summary>The first byte, at a multiple of 2 MiB.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "It is the pointer.")]
    public byte* Start { get; }

    /// <summary>Bytes from <see cref="Start"/> on.</summary>
    public long Length { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle is 0 or -1;

    private nuint Mapped { get; }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        if (_isMapped)
        {
            return Unmap(handle, Mapped) == 0;
        }

        NativeMemory.Free((void*)handle);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(nint address, nuint length);
}
