using System.Runtime.InteropServices;

namespace DaprMoE.Tensors;

/// <summary>Asks Linux to back memory with pages of 2 MiB, which spares address translations when weights stream through.</summary>
internal static unsafe partial class HugePages
{
    public const long Size = 2 << 20;

    private const int AdviceHugePage = 14;

    /// <summary>A refusal is of no consequence: the memory works as it is.</summary>
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
