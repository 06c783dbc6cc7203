using System.Diagnostics;
using System.Globalization;
using DaprMoE.Dispatch.Benchmarks;
using DaprMoE.Gateway;
using DaprMoE.Inference;

// Prints what dispatch adds to the expert kernels as Markdown tables.
// Arguments: the model's folder, and workers (default: all processors); `loop` behind them for the fast loop's cost alone.
if (args.Length == 0)
{
    Console.Error.WriteLine("Give the folder of a model: see README.md beside this program.");
    return 1;
}

// One worker's processor time is what it works, whatever else the machine does; several are timed by the wall clock.
int threads = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Environment.ProcessorCount;
Func<double> clock = threads == 1 ? ThreadTime.Seconds : () => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
if (args is [_, _, "loop"])
{
    LoopCost.Report(args[0], threads);
    return 0;
}

using LocalEngine local = LocalEngine.Open(args[0], new LocalEngineOptions { Threads = threads });
Console.WriteLine("| time probe took | weights of an expert | a token | a call | crossover |");
Console.WriteLine("|---|---|---|---|---|");
for (int i = 0; i < 5; i++)
{
    ProbeRun.Report(local);
}

Console.WriteLine();
Console.WriteLine("| tokens | predicted, per layer | measured | off by, median |");
Console.WriteLine("|---|---|---|---|");
RooflineFit.Report(local, clock);

Console.WriteLine();
Console.WriteLine($"{threads} workers, {(threads == 1 ? "processor time" : "wall clock")}; medians of {Pairs.Count} series of interleaved calls, the lowest and highest in brackets");
Console.WriteLine();
Console.WriteLine("| tokens | kernels, per layer | with dispatch | added | added, fastest call of each |");
Console.WriteLine("|---|---|---|---|---|");
IMoeLayer experts = local.Parts().Experts;
foreach (int tokens in (int[])[1, 16, 512])
{
    using LayerInput input = new(local.Model, tokens);
    using DirectKernels kernels = new(local.Model, local.Workers, input);
    Console.WriteLine(new Pairs(input.Layers, kernels.Run, layer => input.Forward(experts, layer), clock).Report(tokens));
}

Console.WriteLine();
Console.WriteLine("| tokens | devices | split rule | dispatch and combine alone, per layer |");
Console.WriteLine("|---|---|---|---|");
foreach (int tokens in (int[])[1, 16, 512])
{
    using LayerInput input = new(local.Model, tokens);
    DispatchAlone.Report(local, input, clock);
}

Console.WriteLine();
Console.WriteLine("| policy | tokens | forecast and decision of a layer, median | 90 % | 99 % |");
Console.WriteLine("|---|---|---|---|---|");
LoopCost.Report(args[0], threads);
return 0;
