using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DaprMoE.Models;

/// <summary>What the kernel keeps of files.</summary>
internal static partial class PageCache
{
    private const int DontNeed = 4;

    /// <summary>
    /// Forgets what a file's writing left behind, in small pages: the map asks for pages of 2 MiB, and gets them only when it is what brings
    /// the file in. What is not on the disk yet stays, and a refusal is of no consequence.
    /// </summary>
    public static void Drop(SafeFileHandle file) => Drop(file, 0, 0);

    /// <summary>Forgets a part of a file; a length of 0 reaches to its end. Pages that a process has mapped stay.</summary>
    public static void Drop(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Advise(file, offset, length, DontNeed);
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);
}
