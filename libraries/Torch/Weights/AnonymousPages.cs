using System.Runtime.InteropServices;

namespace DaprMoE.Torch;

/// <summary>Zeroed pages from the system.</summary>
internal sealed unsafe partial class AnonymousPages : SafeHandle
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private const nint Failed = -1;

    private readonly nuint _bytes;

    /// <param name="bytes">Whole pages.</param>
    /// <exception cref="InsufficientMemoryException">The system has no address range or no memory of that size.</exception>
    public AnonymousPages(long bytes)
        : base(Failed, ownsHandle: true)
    {
        _bytes = (nuint)bytes;
        SetHandle(Map(0, _bytes, ReadWrite, PrivateAnonymous, file: -1, offset: 0));
        if (IsInvalid)
        {
            throw new InsufficientMemoryException($"The system gives no {bytes} bytes for an expert.");
        }
    }

    public override bool IsInvalid => handle == Failed;

    /// <summary>The first byte.</summary>
    public void* Start => (void*)handle;

    protected override bool ReleaseHandle() => Unmap(handle, _bytes) == 0;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Map(nint address, nuint bytes, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(nint address, nuint bytes);
}
