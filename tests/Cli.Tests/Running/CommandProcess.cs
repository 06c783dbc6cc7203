using System.Diagnostics;

namespace DaprMoE.Cli.Tests;

/// <summary>The command as a process of its own.</summary>
internal sealed class CommandProcess : IDisposable
{
    private readonly Process _process;

    private CommandProcess(Process process) => _process = process;

    /// <summary>What it has printed and prints yet.</summary>
    public StreamReader Out => _process.StandardOutput;

    /// <summary>What it has printed and prints yet on standard error.</summary>
    public StreamReader Error => _process.StandardError;

    public static CommandProcess Start(params string[] words)
    {
        ProcessStartInfo start = new("dotnet", [Program(), .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        return new CommandProcess(Process.Start(start)!);
    }

    /// <summary>Sends a signal by its name and waits for the end.</summary>
    /// <returns>The exit code and what else was printed on standard error.</returns>
    public async Task<(int ExitCode, string Error)> EndBySignalAsync(string signal, CancellationToken cancellationToken)
    {
        using Process kill = Process.Start("kill", ["-s", signal, $"{_process.Id}"]);
        return await EndAsync(cancellationToken);
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code and what else was printed on standard error.</returns>
    public async Task<(int ExitCode, string Error)> EndAsync(CancellationToken cancellationToken)
    {
        string error = await _process.StandardError.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return (_process.ExitCode, error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    /// <summary>The program that was built with these tests: <c>artifacts/bin/Cli/release</c> beside <c>artifacts/bin/Cli.Tests/release</c>.</summary>
    private static string Program()
    {
        DirectoryInfo tests = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(tests.Parent!.Parent!.FullName, "Cli", tests.Name, "daprmoe.dll");
    }
}
