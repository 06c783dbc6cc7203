using System.Diagnostics;

namespace DaprMoE.Cli;

/// <summary>Ends what <c>up</c> started, and nothing else.</summary>
internal sealed class PartStopper(TimeProvider clock, string root)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly StartedProcesses _started = StartedProcesses.In(root);

    /// <summary>Ends all that still runs, the last started first, and forgets it.</summary>
    /// <returns>What was ended.</returns>
    public async Task<IReadOnlyList<StoppedPart>> StopAsync()
    {
        List<StoppedPart> stopped = [];
        foreach (StartedProcess started in _started.Read().Reverse())
        {
            using Process? process = started.Find();
            if (process is not null)
            {
                stopped.Add(new StoppedPart(started.Name, started.Id, Killed: !await ProcessEnd.EndAsync(process, Patience, clock)));
            }
        }

        _started.Clear();
        return stopped;
    }
}

/// <summary>A part that was ended.</summary>
/// <param name="Name">The part.</param>
/// <param name="Id">Its process.</param>
/// <param name="Killed">Whether it had to be killed.</param>
internal sealed record StoppedPart(string Name, int Id, bool Killed);
