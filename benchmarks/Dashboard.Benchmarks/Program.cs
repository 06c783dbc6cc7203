using System.Diagnostics;
using System.Globalization;
using DaprMoE.Dashboard.Benchmarks;

// What one viewer costs the server: its processor time, and the time between tokens, in runs with and without a browser, one after the other.
int pairs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 6;
int seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 15;

using ServerUnderLoad server = await ServerUnderLoad.StartAsync();
// The first page compiles most of what pages run.
await RunAsync(isWatched: true);
List<(RunFigures Without, RunFigures With)> runs = [];
for (int pair = 0; pair < pairs; pair++)
{
    // Either order, so that a drift of the machine falls on both.
    bool viewerFirst = pair % 2 == 1;
    RunFigures first = await RunAsync(viewerFirst);
    RunFigures second = await RunAsync(!viewerFirst);
    runs.Add(viewerFirst ? (second, first) : (first, second));
    Console.WriteLine($"pair {pair + 1}: without {runs[^1].Without}; with {runs[^1].With}");
}

double added = Median(runs.Select(run => run.With.CpuShare - run.Without.CpuShare));
double ratio = Median(runs.Select(run => run.With.P99 / run.Without.P99));
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"one viewer, median of {pairs} pairs: {added:+0.00%;-0.00%} of all cores, inter-token p99 x {ratio:0.000}, p50 x {Median(runs.Select(run => run.With.P50 / run.Without.P50)):0.000}"));

async Task<RunFigures> RunAsync(bool isWatched)
{
    using Process? browser = isWatched ? Viewer.Open(server.Address) : null;
    // The page's start is not what is measured.
    await server.RunAsync(TimeSpan.FromSeconds(5));
    RunFigures figures = await server.RunAsync(TimeSpan.FromSeconds(seconds));
    browser?.Kill(entireProcessTree: true);
    return figures;
}

static double Median(IEnumerable<double> values)
{
    double[] sorted = [.. values.Order()];
    return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
}
