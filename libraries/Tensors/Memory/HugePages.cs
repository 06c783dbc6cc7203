using System.Runtime.InteropServices;

namespace DaprMoE.Tensors;

/// <summary>Asks Linux to back memory with pages of 2 MiB, which spares address translations when weights stream through.</summary>
public static unsafe partial class HugePages
{
    internal const long Size = 2 << 20;

    private const int AdviceHugePage = 14;

    /// <summary>
    /// Asks for a range, of a file's map too: pages that are not in the page cache yet are then read in one piece.
    /// A refusal is of no consequence: the memory works as it is.
    /// </summary>
    /// <param name="memory">The first byte, at the beginning of a page.</param>
    /// <param name="bytes">Length of the range.</param>
    public static void Advise(void* memory, long bytes)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = AdviseMemory(memory, (nuint)bytes, AdviceHugePage);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int AdviseMemory(void* address, nuint length, int advice);
}
