using System.Runtime.InteropServices;
using DaprMoE.Tensors;
using Microsoft.Win32.SafeHandles;

namespace DaprMoE.Models;

/// <summary>What the kernel keeps of files.</summary>
internal static partial class PageCache
{
    private const int Random = 1;
    private const int DontNeed = 4;

    /// <summary>
    /// Forgets what a file's writing left behind, in small pages: the map asks for pages of 2 MiB, and gets them only when it is what
    /// brings
    /// the file in. What is not on the disk yet stays, and a refusal is of no consequence.
    /// </summary>
    public static void Drop(SafeFileHandle file) => Give(file, 0, 0, DontNeed);

    /// <summary>
    /// Forgets a part of a file, and what its first and last page of 2 MiB hold of the neighbours: the kernel drops whole pages only. Pages
    /// that a process has mapped stay.
    /// </summary>
    public static void DropRange(SafeFileHandle file, long offset, long length)
    {
        long from = offset & -HugePages.Size;
        long to = (offset + length + HugePages.Size - 1) & -HugePages.Size;
        Give(file, from, to - from, DontNeed);
    }

    /// <summary>Reads through this descriptor follow no order: nothing is read ahead of them.</summary>
    public static void ExpectNoOrder(SafeFileHandle file) => Give(file, 0, 0, Random);

    /// <summary>A length of 0 reaches to the file's end.</summary>
    private static void Give(SafeFileHandle file, long offset, long length, int advice)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Advise(file, offset, length, advice);
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);
}
