using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace DaprMoE.Dashboard.Benchmarks;

/// <summary>A server with four devices that answers at an even pace.</summary>
internal sealed class ServerUnderLoad : IDisposable
{
    // One core computes; the browser, which is not what is measured, has the other one.
    private static readonly string[] Arguments =
        ["serve", "--json", "--port", "0", "--threads", "1", "--devices", "4", "--device-memory", "8MiB", "--policy", "moeless"];

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(400);

    private readonly HttpClient _client = new();
    private readonly Process _process;

    private ServerUnderLoad(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        _client.BaseAddress = address;
    }

    public Uri Address { get; }

    public static async Task<ServerUnderLoad> StartAsync()
    {
        DirectoryInfo here = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string program = Path.Combine(here.Parent!.Parent!.FullName, "Cli", here.Name, "daprmoe.dll");
        Process process = Process.Start(new ProcessStartInfo("dotnet", [program, .. Arguments]) { RedirectStandardOutput = true })!;
        using JsonDocument banner = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync())!);
        return new ServerUnderLoad(process, new Uri(banner.RootElement.GetProperty("urls")[0].GetString()!));
    }

    /// <summary>Sends stories to write for a while.</summary>
    public async Task<RunFigures> RunAsync(TimeSpan length)
    {
        TimeSpan before = Cpu();
        long started = Stopwatch.GetTimestamp();
        List<Task<List<double>>> answers = [];
        using PeriodicTimer timer = new(Pace);
        while (Stopwatch.GetElapsedTime(started) < length)
        {
            answers.Add(AskAsync());
            await timer.WaitForNextTickAsync();
        }

        List<double> gaps = [.. (await Task.WhenAll(answers)).SelectMany(answer => answer)];
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        return RunFigures.Of((Cpu() - before) / took / Environment.ProcessorCount, gaps);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
        _client.Dispose();
    }

    private TimeSpan Cpu()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    private async Task<List<double>> AskAsync()
    {
        object body = new
        {
            stream = true,
            temperature = 0,
            max_tokens = 100,
            messages = new[] { new { role = "user", content = "Tell me a story about a fox and a lantern." } },
        };
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(body) };
        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using StreamReader reader = new(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
        List<double> gaps = [];
        long latest = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Contains("\"content\":", StringComparison.Ordinal))
            {
                long now = Stopwatch.GetTimestamp();
                if (latest > 0)
                {
                    gaps.Add(Stopwatch.GetElapsedTime(latest, now).TotalMilliseconds);
                }

                latest = now;
            }
        }

        return gaps;
    }
}
