using DaprMoE.Models;

namespace DaprMoE.DirectTransport.Benchmarks;

/// <summary>What the transport adds to a layer's calls, over one and two hosts.</summary>
internal static class LatencyTable
{
    private const int Calls = 10_000;
    private const int LargeRequest = 512 << 10;

    public static async Task PrintAsync(string root, string folder)
    {
        using PackedModel model = PackedModel.Open(folder);
        int hidden = model.Description.HiddenSize;
        int large = LargeRequest / (hidden * sizeof(float));
        Console.WriteLine("| hosts | rows | requests KiB | added µs p50 | p90 | p99 | p99.9 | compute µs p50 | goal p50 µs | allocated here, bytes a layer | on the hosts |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (int count in (int[])[1, 2])
        {
            await using HostProcesses processes = await HostProcesses.StartAsync(root, folder, count, threads: 1);
            await using ExpertHosts hosts = await processes.ConnectAsync(model, maxRows: 4096);
            foreach (int rows in (int[])[1, 4, 16, 64, large / 4, large])
            {
                using LayerCalls layer = new(model.Description, hosts, rows);
                int calls = rows <= 16 ? Calls : Math.Max(200, Calls * 4 / rows);
                Console.WriteLine(await new AddedLatency(layer, processes).MeasureAsync(count, calls, hidden));
            }
        }
    }
}
