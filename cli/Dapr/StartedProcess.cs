using System.ComponentModel;
using System.Diagnostics;

namespace DaprMoE.Cli;

/// <summary>A process that <c>up</c> started, known again by its id and its start: ids are given anew.</summary>
/// <param name="Name">The part that it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Started">When it started.</param>
internal sealed record StartedProcess(string Name, int Id, DateTimeOffset Started)
{
    // The system counts from its own start, by a clock that may be set while it runs.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>A process that was just started; null when it has ended already.</summary>
    public static StartedProcess? Of(string name, Process process)
    {
        try
        {
            return new StartedProcess(name, process.Id, process.StartTime);
        }
        catch (Exception gone) when (IsGone(gone))
        {
            return null;
        }
    }

    /// <summary>The process, if it still runs and is the one that was started.</summary>
    public Process? Find()
    {
        try
        {
            Process process = Process.GetProcessById(Id);
            if (!process.HasExited && (new DateTimeOffset(process.StartTime) - Started).Duration() <= Tolerance)
            {
                return process;
            }

            process.Dispose();
        }
        catch (Exception gone) when (IsGone(gone))
        {
        }

        return null;
    }

    private static bool IsGone(Exception exception) => exception is ArgumentException or InvalidOperationException or Win32Exception;
}
