using System.Numerics;
using System.Runtime.InteropServices;

namespace DaprMoE.Tensors;

/// <summary>Binds threads to processors.</summary>
internal static unsafe partial class ThreadAffinity
{
    private const int MaskWords = 16;

    /// <summary>Binds the calling thread to the n-th (modulo their number) of the processors that it may run on.</summary>
    public static void PinCurrentThread(int index)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var allowed = stackalloc ulong[MaskWords];
        if (GetAffinity(0, MaskWords * sizeof(ulong), allowed) < 0)
        {
            return;
        }

        var processors = 0;
        for (var i = 0; i < MaskWords; i++)
        {
            processors += BitOperations.PopCount(allowed[i]);
        }

        if (processors > 0)
        {
            KeepOnly(allowed, index % processors);
            _ = SetAffinity(0, MaskWords * sizeof(ulong), allowed);
        }
    }

    private static void KeepOnly(ulong* mask, int index)
    {
        for (var bit = 0; bit < MaskWords * 64; bit++)
        {
            var flag = 1ul << (bit % 64);
            if ((mask[bit / 64] & flag) != 0 && index-- != 0)
            {
                mask[bit / 64] &= ~flag;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetAffinity(int thread, nuint bytes, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetAffinity(int thread, nuint bytes, ulong* mask);
}
