using System.Diagnostics;
using System.Text.RegularExpressions;

namespace DaprMoE.ExpertHost.Tests;

/// <summary>An expert host as a process.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private Task _output = Task.CompletedTask;

    private HostProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>Starts a host and waits until it is ready.</summary>
    public static async Task<HostProcess> StartAsync(string model, string name, params (string Key, string Value)[] settings)
    {
        HostProcess host = Run([("MODEL", model), ("NAME", name), ("THREADS", "1"), ("URLS", "http://127.0.0.1:0"), .. settings]);
        try
        {
            host.Address = await host.ReadUntilReadyAsync();
            host._output = host._process.StandardOutput.ReadToEndAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a host with these settings only.</summary>
    public static HostProcess Run(IEnumerable<(string Key, string Value)> settings)
    {
        ProcessStartInfo start = new("dotnet", [Repository.ExpertHost])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        foreach ((string key, string value) in settings)
        {
            start.Environment["DAPRMOE__EXPERTHOST__" + key] = value;
        }

        return new HostProcess(Process.Start(start)!);
    }

    /// <summary>Ends it at once: SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Sends a signal by its name.</summary>
    public void Signal(string name)
    {
        // The shell's own: not every system has a program for it.
        using Process kill = Process.Start("sh", ["-c", $"kill -s {name} {_process.Id}"]);
        Assert.True(kill.WaitForExit(StopLimit));
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Exit code and what it wrote as errors.</returns>
    public async Task<(int ExitCode, string Errors)> WaitForExitAsync()
    {
        using CancellationTokenSource limit = new(StopLimit);
        await _process.WaitForExitAsync(limit.Token);
        return (_process.ExitCode, await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        await Task.WhenAll(_errors, _output);
        _process.Dispose();
    }

    /// <summary>Reads where it listens and that its model is open, in whatever order it says so: the two happen side by side.</summary>
    private async Task<Uri> ReadUntilReadyAsync()
    {
        using CancellationTokenSource limit = new(StartLimit);
        List<string> lines = [];
        Uri? address = null;
        bool isOpen = false;
        try
        {
            while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                lines.Add(line);
                isOpen |= ReadyPattern().IsMatch(line);
                address = ListeningPattern().Match(line) is { Success: true } match ? new Uri(match.Groups[1].Value) : address;
                if (isOpen && address is not null)
                {
                    return address;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The host was not ready within {StartLimit}; it wrote:\n{string.Join('\n', lines)}");
        }

        throw new InvalidOperationException($"The host ended before it was ready:\n{string.Join('\n', lines)}\n{await _errors}");
    }

    [GeneratedRegex(@"Listening on (https?://\S+[0-9])")]
    private static partial Regex ListeningPattern();

    [GeneratedRegex("Expert host .* is ready")]
    private static partial Regex ReadyPattern();
}
