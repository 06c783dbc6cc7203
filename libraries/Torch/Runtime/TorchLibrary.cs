using System.Runtime.InteropServices;
using DaprMoE.Experts;
using TorchSharp;

namespace DaprMoE.Torch;

/// <summary>The native libtorch of this process. It is asked for before TorchSharp is, whose own message names no cause.</summary>
public static class TorchLibrary
{
    private const string Glue = "LibTorchSharp";

    private static readonly Lazy<string?> LazyFault = new(FindFault);

    private static readonly Lazy<bool> OneThread = new(SetOneThread);

    /// <summary>Why libtorch can't be used here, in one sentence with the remedy; null when it can.</summary>
    public static string? Fault => LazyFault.Value;

    /// <summary>Loads libtorch and gives each calling thread one thread of torch: the callers are the threads.</summary>
    /// <exception cref="BackendUnavailableException">libtorch can't be used here.</exception>
    internal static void Start()
    {
        if (Fault is { } fault)
        {
            throw new BackendUnavailableException(fault);
        }

        _ = OneThread.Value;
    }

    /// <summary>The sentence for what the system's loader says.</summary>
    internal static string Explain(string loaderMessage) => loaderMessage switch
    {
        _ when loaderMessage.Contains("GLIBC", StringComparison.Ordinal) =>
            "The torch backend needs libstdc++ of gcc 13 or newer (GLIBCXX_3.4.32), which this system lacks: Debian 13, Ubuntu 24.04 and "
            + "newer systems have it; on an older Debian run the program through eng/torch-env.sh.",
        _ when loaderMessage.Contains("libtorch", StringComparison.Ordinal) || loaderMessage.Contains("libc10", StringComparison.Ordinal)
            || loaderMessage.Contains("Unable to load shared library 'LibTorchSharp'", StringComparison.Ordinal) =>
            "The torch backend needs libtorch, which is not beside this program: build it with DAPRMOE_TORCH=cpu ./daprmoe (or cuda), on "
            + "64-bit Linux for x86 with libstdc++ of gcc 13 or newer (Debian 13, Ubuntu 24.04).",
        _ => $"The torch backend can't load libtorch, which runs on 64-bit Linux for x86 (Debian 13, Ubuntu 24.04 and newer): {loaderMessage}",
    };

    private static string? FindFault()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return $"The torch backend needs 64-bit Linux for x86 (Debian 13, Ubuntu 24.04 and newer); this is {RuntimeInformation.RuntimeIdentifier}.";
        }

        try
        {
            // typeof does not run the initialiser, which would copy libtorch about before it fails.
            NativeLibrary.Load(Glue, typeof(torch).Assembly, searchPath: null);
            return null;
        }
        catch (DllNotFoundException fault)
        {
            return Explain(fault.Message);
        }
    }

    private static bool SetOneThread()
    {
        torch.set_num_threads(1);
        return true;
    }
}
