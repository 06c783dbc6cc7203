using System.Diagnostics;
using System.Text.Json;

namespace DaprMoE.Api.Tests;

/// <summary><c>daprmoe serve</c> as a process on a free port of loopback: all services in one process, with a state file of its own.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private ServeProcess(Process process, string folder, Uri address)
    {
        (_process, _folder) = (process, folder);
        Http = new HttpClient { BaseAddress = address };
    }

    /// <summary>Asks it.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts a server of the bundled model and waits until it serves.</summary>
    public static async Task<ServeProcess> StartAsync(CancellationToken cancellationToken, params string[] flags)
    {
        string folder = Directory.CreateTempSubdirectory("daprmoe-serve-").FullName;
        string[] words = ["serve", "--port", "0", "--json", "--threads", "1", "--state", Path.Combine(folder, "state.db"), .. flags];
        ProcessStartInfo start = new("dotnet", [BuildOutput.Command, .. words])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = BuildOutput.Root,
        };
        Process process = Process.Start(start)!;
        string line = await process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException($"daprmoe {string.Join(' ', words)} ended before it served.");
        using JsonDocument banner = JsonDocument.Parse(line);
        return new ServeProcess(process, folder, new Uri(banner.RootElement.GetProperty("urls")[0].GetString()!));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
