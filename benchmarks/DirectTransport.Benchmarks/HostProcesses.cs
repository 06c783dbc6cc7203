using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using DaprMoE.Models;

namespace DaprMoE.DirectTransport.Benchmarks;

/// <summary>Expert hosts as processes, one thread each, on free ports of loopback.</summary>
internal sealed partial class HostProcesses : IAsyncDisposable
{
    private readonly List<Process> _processes = [];
    private readonly string _root;
    private readonly string _model;
    private readonly int _threads;
    private readonly HttpClient _http = new() { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private HostProcesses(string root, string model, int threads) => (_root, _model, _threads) = (root, model, threads);

    public List<Uri> Addresses { get; } = [];

    public LossLog Log { get; } = new();

    public static async Task<HostProcesses> StartAsync(string root, string model, int count, int threads)
    {
        HostProcesses hosts = new(root, model, threads);
        for (int i = 0; i < count; i++)
        {
            (Process process, Uri address) = await hosts.StartAsync($"host-{i}", "http://127.0.0.1:0");
            hosts._processes.Add(process);
            hosts.Addresses.Add(address);
        }

        return hosts;
    }

    public Task<ExpertHosts> ConnectAsync(PackedModel model, int maxRows) => ExpertHosts.ConnectAsync(
        new ExpertHostsOptions { Addresses = Addresses, Model = model.Fingerprint, Limits = FrameSizes.Of(model.Description, maxRows) },
        TimeProvider.System,
        Log,
        CancellationToken.None);

    /// <summary>Sends a host a signal.</summary>
    public void Signal(int host, string name)
    {
        using Process kill = Process.Start("kill", ["-s", name, $"{_processes[host].Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Brings a host back after a signal.</summary>
    public async Task RestoreAsync(int host, string signal)
    {
        if (signal == "STOP")
        {
            Signal(host, "CONT");
            return;
        }

        await _processes[host].WaitForExitAsync();
        _processes[host].Dispose();
        (_processes[host], _) = await StartAsync($"host-{host}", Addresses[host].GetLeftPart(UriPartial.Authority));
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

    private async Task<(Process Process, Uri Address)> StartAsync(string name, string url)
    {
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string program = Path.Combine(_root, "artifacts", "bin", "ExpertHost", configuration, "DaprMoE.ExpertHost.dll");
        ProcessStartInfo start = new("dotnet", [program]) { RedirectStandardOutput = true };
        start.Environment["DAPRMOE__EXPERTHOST__MODEL"] = _model;
        start.Environment["DAPRMOE__EXPERTHOST__NAME"] = name;
        start.Environment["DAPRMOE__EXPERTHOST__THREADS"] = _threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["DAPRMOE__EXPERTHOST__URLS"] = url;
        Process process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (ListeningPattern().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return (process, new Uri(match.Groups[1].Value));
            }
        }

        throw new InvalidOperationException("The host ended.");
    }

    [GeneratedRegex(@"Listening on (http://\S+[0-9])")]
    private static partial Regex ListeningPattern();

    [GeneratedRegex(@"^dotnet_gc_heap_total_allocated_bytes_total(?:\{[^}]*\})? ([0-9.eE+]+)", RegexOptions.Multiline)]
    private static partial Regex AllocatedPattern();
}
