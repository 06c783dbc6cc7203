using System.Runtime.InteropServices;

namespace DaprMoE.Tensors;

/// <summary>Tells Linux what is to become of pages. A refusal is of no consequence: the memory works as it is.</summary>
public static unsafe partial class PageAdvice
{
    internal const int HugePages = 14;
    internal const int SmallPages = 15;
    private const int DontNeed = 4;

    /// <summary>
    /// Gives the pages of a range back. Of private memory they come back as zeros, of a file's map as the file's content.
    /// </summary>
    /// <param name="memory">The first byte, at the beginning of a page.</param>
    /// <param name="bytes">Length of the range, in whole pages.</param>
    public static void Drop(void* memory, long bytes) => Give(memory, bytes, DontNeed);

    internal static void Give(void* memory, long bytes, int advice)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Advise(memory, (nuint)bytes, advice);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(void* address, nuint length, int advice);
}
