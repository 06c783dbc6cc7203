using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace DaprMoE.DirectTransport.Benchmarks;

/// <summary>Expert hosts as processes, one thread each, on free ports of loopback.</summary>
internal sealed partial class HostProcesses : IAsyncDisposable
{
    private readonly List<Process> _processes = [];
    private readonly HttpClient _http = new() { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

    public List<Uri> Addresses { get; } = [];

    public static async Task<HostProcesses> StartAsync(string root, string model, int count)
    {
        HostProcesses hosts = new();
        for (int i = 0; i < count; i++)
        {
            await hosts.StartAsync(root, model, $"host-{i}");
        }

        return hosts;
    }

    public static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DaprMoE.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("There is no DaprMoE.sln above the benchmark.");
    }

    /// <summary>Bytes that all hosts have allocated since they started.</summary>
    public async Task<long> AllocatedAsync()
    {
        double bytes = 0;
        foreach (Uri address in Addresses)
        {
            string metrics = await _http.GetStringAsync(new Uri(address, "/metrics"));
            bytes += double.Parse(AllocatedPattern().Match(metrics).Groups[1].Value, CultureInfo.InvariantCulture);
        }

        return (long)bytes;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Process process in _processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _http.Dispose();
    }

    private async Task StartAsync(string root, string model, string name)
    {
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string program = Path.Combine(root, "artifacts", "bin", "ExpertHost", configuration, "DaprMoE.ExpertHost.dll");
        ProcessStartInfo start = new("dotnet", [program]) { RedirectStandardOutput = true };
        start.Environment["DAPRMOE__EXPERTHOST__MODEL"] = model;
        start.Environment["DAPRMOE__EXPERTHOST__NAME"] = name;
        start.Environment["DAPRMOE__EXPERTHOST__THREADS"] = "1";
        start.Environment["DAPRMOE__EXPERTHOST__URLS"] = "http://127.0.0.1:0";
        Process process = Process.Start(start)!;
        _processes.Add(process);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (ListeningPattern().Match(line) is { Success: true } match)
            {
                Addresses.Add(new Uri(match.Groups[1].Value));
                _ = process.StandardOutput.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException("The host ended.");
    }

    [GeneratedRegex(@"Listening on (http://\S+[0-9])")]
    private static partial Regex ListeningPattern();

    [GeneratedRegex(@"^dotnet_gc_heap_total_allocated_bytes_total(?:\{[^}]*\})? ([0-9.eE+]+)", RegexOptions.Multiline)]
    private static partial Regex AllocatedPattern();
}
