using System.Globalization;

namespace DaprMoE.DirectTransport.Benchmarks;

/// <summary>What the transport adds to a layer: the round trip less the computing that the hosts report.</summary>
internal sealed class AddedLatency(LayerCalls layer, HostProcesses hosts)
{
    // The hosts compile what computes calls while the first ones come.
    private const int Untimed = 2000;

    public async Task<string> MeasureAsync(int hostCount, int calls, int hidden)
    {
        (double[] added, double[] compute, double here, double there) = await RunAsync(calls);
        double bytes = (double)layer.SentRows * hidden * sizeof(float);
        double goal = layer.Rows <= 16 ? (hostCount == 1 ? 60 : 120) : 150 + (bytes / 700);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {hostCount} | {layer.Rows} | {bytes / 1024:0.#} | {At(added, 0.5):0} | {At(added, 0.9):0} | {At(added, 0.99):0} | {At(added, 0.999):0} "
            + $"| {At(compute, 0.5):0} | {goal:0} | {here:0} | {there:0} |");
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    private async Task<(double[] Added, double[] Compute, double Here, double There)> RunAsync(int calls)
    {
        double[] added = new double[calls];
        double[] compute = new double[calls];
        (double here, double there) = (0, 0);
        await Task.Factory.StartNew(() => Run(Math.Min(Untimed, calls), added, compute), TaskCreationOptions.LongRunning);
        long thereBefore = await hosts.AllocatedAsync();
        long hereBefore = GC.GetTotalAllocatedBytes(precise: true);
        await Task.Factory.StartNew(() => Run(calls, added, compute), TaskCreationOptions.LongRunning);
        here = (double)(GC.GetTotalAllocatedBytes(precise: true) - hereBefore) / calls;
        there = (double)(await hosts.AllocatedAsync() - thereBefore) / calls;
        Array.Sort(added);
        Array.Sort(compute);
        return (added, compute, here, there);
    }

    private void Run(int calls, double[] added, double[] compute)
    {
        for (int i = 0; i < calls; i++)
        {
            (double roundTrip, double computing) = layer.Run(i);
            added[i % added.Length] = roundTrip - computing;
            compute[i % compute.Length] = computing;
        }
    }
}
