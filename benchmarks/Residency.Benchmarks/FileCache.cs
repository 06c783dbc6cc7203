using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DaprMoE.Residency.Benchmarks;

/// <summary>The kernel's cache of a file.</summary>
internal static partial class FileCache
{
    private const int DontNeed = 4;

    /// <summary>Drops all of a file that nobody has mapped, so that the next reader is charged for what it brings in.</summary>
    public static void Drop(string path)
    {
        if (File.Exists(path))
        {
            using SafeFileHandle file = File.OpenHandle(path);
            _ = Advise(file, 0, 0, DontNeed);
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);
}
