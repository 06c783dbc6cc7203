using System.Diagnostics;

namespace DaprMoE.Cli;

/// <summary>Starts programs of the repository's Dapr run; what they print goes to files in <c>.dapr/logs</c>.</summary>
internal sealed class PartStarter(IMachine machine, TimeProvider clock, string root)
{
    // The shell becomes the program: no output passes through this process, so the program outlives it without losing its streams.
    private const string IntoFile = "exec \"$@\" </dev/null >\"$DAPRMOE_LOG\" 2>&1";
    private const string IntoStandardError = "exec \"$@\" >&2";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly StartedProcesses _started = StartedProcesses.In(root);
    private readonly string _folder = Path.Combine(root, ".dapr");

    /// <summary>Starts a part that is not running and waits until it takes connections.</summary>
    /// <param name="part">The part.</param>
    /// <param name="program">Its program.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CommandException">It ended, or does not answer in time; its log is named.</exception>
    public async Task StartAsync(BackgroundPart part, string program, CancellationToken cancellationToken)
    {
        string log = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "logs")).FullName, $"{part.Name}.log");
        ProcessStartInfo start = Shell(IntoFile, [program, .. part.Arguments(_folder)]);
        start.Environment["DAPRMOE_LOG"] = log;
        foreach ((string name, string value) in part.Variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Start(part.Name, start);
        await AnswerAsync(part, process, log, cancellationToken);
    }

    /// <summary>Starts the services and their sidecars.</summary>
    /// <param name="dapr">The Dapr CLI.</param>
    /// <param name="daprd">The sidecar, in a folder <c>.dapr/bin</c>.</param>
    public Process StartServices(string dapr, string daprd)
    {
        ProcessStartInfo start = Shell(IntoStandardError, [dapr, "run", "-f", MultiAppRun.Folder + "/"]);
        start.Environment["DAPR_RUNTIME_PATH"] = Path.GetFullPath("../..", Path.GetDirectoryName(daprd)!);
        return Start(StartedProcesses.Services, start);
    }

    private ProcessStartInfo Shell(string script, IReadOnlyList<string> words) =>
        new("/bin/sh", ["-c", script, "sh", .. words]) { WorkingDirectory = root };

    private Process Start(string name, ProcessStartInfo start)
    {
        Process process = Process.Start(start)!;
        if (StartedProcess.Of(name, process) is { } started)
        {
            _started.Add(started);
        }

        return process;
    }

    private async Task AnswerAsync(BackgroundPart part, Process process, string log, CancellationToken cancellationToken)
    {
        long begin = clock.GetTimestamp();
        while (!await machine.AnswersAsync(part.Port, cancellationToken))
        {
            if (process.HasExited)
            {
                throw new CommandException($"{part.Name} ended with exit code {process.ExitCode} at its start; {log} says why.", ExitCodes.Unavailable);
            }

            if (clock.GetElapsedTime(begin) > Patience)
            {
                throw new CommandException(
                    $"{part.Name} does not answer on 127.0.0.1:{part.Port} after {Patience.TotalSeconds} s; its log is {log}.", ExitCodes.Unavailable);
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }
}
