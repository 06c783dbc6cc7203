using System.Globalization;
using DaprMoE.DirectTransport;
using DaprMoE.DirectTransport.Benchmarks;
using DaprMoE.Models;
using Microsoft.Extensions.Logging;

// Prints what the direct transport adds to a layer's calls, as a Markdown table.
// Arguments: the model's folder (default: the bundled one), hosts (default: 1 and 2), calls per row count (default: 10000).
string root = HostProcesses.Root();
string folder = args.Length > 0 ? args[0] : Path.Combine(root, "models", "tiny-moe");
int[] hostCounts = args.Length > 1 ? [int.Parse(args[1], CultureInfo.InvariantCulture)] : [1, 2];
int calls = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 10_000;
const int LargeRequest = 512 << 10;

using ILoggerFactory logs = LoggerFactory.Create(logging => logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning));
using PackedModel model = PackedModel.Open(folder);
int hidden = model.Description.HiddenSize;
int large = LargeRequest / (hidden * sizeof(float));
Console.WriteLine("| hosts | rows | request KiB | added µs p50 | p90 | p99 | p99.9 | compute µs p50 | goal p50 µs | allocated here, bytes a call | on the hosts |");
Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
foreach (int count in hostCounts)
{
    await using HostProcesses processes = await HostProcesses.StartAsync(root, folder, count);
    ExpertHostsOptions options = new()
    {
        Addresses = processes.Addresses,
        Model = model.Fingerprint,
        Limits = FrameSizes.Of(model.Description, 4096),
    };
    await using ExpertHosts hosts = await ExpertHosts.ConnectAsync(options, TimeProvider.System, logs.CreateLogger<ExpertHosts>(), CancellationToken.None);
    foreach (int rows in (int[])[1, 4, 16, 64, large / 4, large])
    {
        using LayerCalls layer = new(model.Description, hosts, rows);
        AddedLatency latency = new(layer, processes);
        int measured = rows <= 16 ? calls : Math.Max(200, calls * 16 / rows / 4);
        Console.WriteLine(await latency.MeasureAsync(count, measured, hidden));
    }
}
