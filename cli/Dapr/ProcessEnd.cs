using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DaprMoE.Cli;

/// <summary>Ends processes: they are asked first.</summary>
internal static partial class ProcessEnd
{
    private const int SigTerm = 15;

    /// <summary>Sends SIGTERM, waits, and kills what has not ended by then.</summary>
    /// <param name="process">A process of this user.</param>
    /// <param name="patience">How long it may take to end.</param>
    /// <param name="clock">Measures that time.</param>
    /// <returns>Whether it ended by itself.</returns>
    public static async Task<bool> EndAsync(Process process, TimeSpan patience, TimeProvider clock)
    {
        if (process.HasExited)
        {
            return true;
        }

        _ = Kill(process.Id, SigTerm);
        using CancellationTokenSource late = new(patience, clock);
        try
        {
            await process.WaitForExitAsync(late.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
