using System.Diagnostics;
using System.Text.RegularExpressions;

namespace DaprMoE.Api.Tests;

/// <summary>The real gateway as a process, on a free port of loopback.</summary>
internal sealed partial class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly List<string> _output = [];

    private GatewayProcess(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>Starts a gateway and waits until it serves the bundled model.</summary>
    public static async Task<GatewayProcess> StartAsync(params (string Key, string Value)[] settings)
    {
        GatewayProcess gateway = Run([("MODEL", BuildOutput.TinyMoe), ("URLS", "http://127.0.0.1:0"), .. settings]);
        try
        {
            gateway.Address = new Uri(await gateway.ReadUntilAsync(ListeningPattern()));
            await gateway.ReadUntilAsync(ReadyPattern());
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a gateway with these settings only.</summary>
    public static GatewayProcess Run(IEnumerable<(string Key, string Value)> settings)
    {
        ProcessStartInfo start = new("dotnet", [BuildOutput.Gateway])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = BuildOutput.Root,
        };
        foreach ((string key, string value) in settings)
        {
            start.Environment["DAPRMOE__GATEWAY__" + key] = value;
        }

        return new GatewayProcess(Process.Start(start)!);
    }

    /// <summary>Asks it to stop, as a service manager does.</summary>
    public void Terminate()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        Assert.True(kill.WaitForExit(StopLimit));
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Exit code and what it wrote as errors.</returns>
    public async Task<(int ExitCode, string Errors)> WaitForExitAsync()
    {
        using CancellationTokenSource limit = new(StopLimit);
        Task<string> errors = _process.StandardError.ReadToEndAsync(limit.Token);
        // A full pipe would keep it from ending.
        await _process.StandardOutput.ReadToEndAsync(limit.Token);
        await _process.WaitForExitAsync(limit.Token);
        return (_process.ExitCode, await errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task<string> ReadUntilAsync(Regex pattern)
    {
        using CancellationTokenSource limit = new(StartLimit);
        // The model is opened beside the listening, so what is waited for may have been read while waiting for the other.
        if (_output.Select(line => pattern.Match(line)).FirstOrDefault(match => match.Success) is { } earlier)
        {
            return earlier.Groups[^1].Value;
        }

        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            _output.Add(line);
            if (pattern.Match(line) is { Success: true } match)
            {
                return match.Groups[^1].Value;
            }
        }

        string errors = await _process.StandardError.ReadToEndAsync(limit.Token);
        throw new InvalidOperationException($"The gateway ended without '{pattern}':\n{string.Join('\n', _output)}\n{errors}");
    }

    [GeneratedRegex(@"Listening on (http://\S+[0-9])")]
    private static partial Regex ListeningPattern();

    [GeneratedRegex("Model .* is ready")]
    private static partial Regex ReadyPattern();
}
