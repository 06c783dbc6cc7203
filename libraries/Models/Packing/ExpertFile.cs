using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DaprMoE.Models;

/// <summary>
/// Reads experts' ranges of the packed file into memory, besides its map, through descriptors of its own: experts are read whole and in no
/// order, so reading ahead wastes bandwidth. Where the system offers none, the file's own descriptor serves.
/// </summary>
internal sealed partial class ExpertFile(string path, SafeFileHandle file) : IDisposable
{
    private const int CloseOnExec = 0x80000;

    private readonly Lazy<SafeFileHandle?> _cached = new(() => Reopen(file, 0));
    private readonly Lazy<SafeFileHandle?> _direct = new(() => Reopen(file, DirectFlag));

    private static int DirectFlag => RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x10000 : 0x4000;

    /// <summary>Reads a part of the file through the kernel's cache, which keeps it.</summary>
    public void Read(long offset, Span<byte> destination) =>
        FileBytes.ReadExactly(path, _cached.Value ?? file, offset, destination);

    /// <summary>
    /// Reads a part of the file, past the kernel's cache where the file system can; elsewhere the cache is told to drop it. Offset, length
    /// and memory are multiples of 4096.
    /// </summary>
    public void ReadDirect(long offset, Span<byte> destination)
    {
        if (_direct.Value is { } direct)
        {
            FileBytes.ReadExactly(path, direct, offset, destination);
            return;
        }

        Read(offset, destination);
        PageCache.DropRange(file, offset, destination.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Lazy<SafeFileHandle?> handle in new[] { _cached, _direct })
        {
            if (handle.IsValueCreated)
            {
                handle.Value?.Dispose();
            }
        }
    }

    /// <summary>Another description of the same open file, whatever has its name by now; null where there is no way to it.</summary>
    private static SafeFileHandle? Reopen(SafeFileHandle file, int flags)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        int descriptor = Open($"/proc/self/fd/{file.DangerousGetHandle()}", CloseOnExec | flags);
        if (descriptor < 0)
        {
            return null;
        }

        SafeFileHandle handle = new(descriptor, ownsHandle: true);
        PageCache.ExpectNoOrder(handle);
        return handle;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);
}
