using System.Diagnostics;
using System.Text.RegularExpressions;

namespace DaprMoE.Api.Tests;

/// <summary>A real expert host as a process, on a free port of loopback.</summary>
internal sealed partial class ExpertHostProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ExpertHostProcess(Process process, string address)
    {
        (_process, Address) = (process, address);
    }

    /// <summary>Where it listens, as <c>HOST:PORT</c>.</summary>
    public string Address { get; }

    /// <summary>Starts a host of the bundled model and waits until it listens.</summary>
    public static async Task<ExpertHostProcess> StartAsync(string name, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new("dotnet", [BuildOutput.ExpertHost])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = BuildOutput.Root,
        };
        start.Environment["DAPRMOE__EXPERTHOST__MODEL"] = BuildOutput.TinyMoe;
        start.Environment["DAPRMOE__EXPERTHOST__URLS"] = "http://127.0.0.1:0";
        start.Environment["DAPRMOE__EXPERTHOST__NAME"] = name;
        start.Environment["DAPRMOE__EXPERTHOST__THREADS"] = "1";
        Process process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                return new ExpertHostProcess(process, match.Groups[1].Value);
            }
        }

        throw new InvalidOperationException($"Expert host {name} ended before it listened.");
    }

    /// <summary>Ends it as a crash would.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    [GeneratedRegex("Listening on http://(127\\.0\\.0\\.1:[0-9]+)")]
    private static partial Regex Listening();
}
