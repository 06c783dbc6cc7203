using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

[assembly: AssemblyFixture(typeof(DaprMoE.Browser.Tests.ServerProcess))]

namespace DaprMoE.Browser.Tests;

/// <summary><c>daprmoe serve</c> as a process, with four devices that have room for copies; one for all tests.</summary>
public sealed class ServerProcess : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-browser-").FullName;
    private readonly HttpClient _client = new();
    private Process? _process;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    public async ValueTask InitializeAsync()
    {
        _process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                Program(), "serve", "--json", "--port", "0", "--devices", "4", "--device-memory", "8MiB",
                "--state", Path.Combine(_folder, "state.db"),
            ])
        {
            RedirectStandardOutput = true,
        })!;
        using CancellationTokenSource limit = new(StartLimit);
        string banner = await _process.StandardOutput.ReadLineAsync(limit.Token)
            ?? throw new InvalidOperationException("The server ended before it listened.");
        using JsonDocument json = JsonDocument.Parse(banner);
        Address = new Uri(json.RootElement.GetProperty("urls")[0].GetString()!);
        _client.BaseAddress = Address;
    }

    /// <summary>Asks for an answer, so that experts have work.</summary>
    public async Task AskAsync(string question, CancellationToken cancellationToken)
    {
        object body = new { messages = new[] { new { role = "user", content = question } }, max_tokens = 100 };
        using HttpResponseMessage answer = await _client.PostAsJsonAsync(new Uri("/v1/chat/completions", UriKind.Relative), body, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Gets an address as text.</summary>
    public Task<string> GetAsync(string path, CancellationToken cancellationToken) =>
        _client.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The program that was built with these tests.</summary>
    private static string Program()
    {
        DirectoryInfo tests = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(tests.Parent!.Parent!.FullName, "Cli", tests.Name, "daprmoe.dll");
    }
}
