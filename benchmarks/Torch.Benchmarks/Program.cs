using System.Globalization;
using DaprMoE.Models;
using DaprMoE.Tensors;
using DaprMoE.Torch;
using DaprMoE.Torch.Benchmarks;

// Compares torch's experts with torch's own product and with the cpu backend; prints Markdown tables.
// Arguments: folder of the model (written when it is not there), repetitions (15), workers (all processors), parts (prefill decode whole).
if (TorchLibrary.Fault is { } fault)
{
    Console.Error.WriteLine(fault);
    return 1;
}

string folder = BenchModel.Ensure(args.Length > 0 ? args[0] : Path.Combine(Path.GetTempPath(), "daprmoe-bench"));
int repetitions = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 15;
using WorkerPool workers = new(args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : Environment.ProcessorCount);
using PackedModel model = PackedModel.Open(folder);
Backends backends = new(folder, model, workers);
Console.WriteLine($"{workers.Workers} workers; load of the machine: {MachineLoad.Text()}. Medians, with the middle half of {repetitions} repetitions.");
Console.WriteLine();
LayerBench layers = new(backends, repetitions);
string[] parts = args.Length > 3 ? args[3..] : ["prefill", "decode", "whole"];
if (parts.Contains("prefill"))
{
    layers.Prefill();
}

if (parts.Contains("decode"))
{
    layers.Decode(tokens: 16);
    layers.Decode(tokens: 1);
}

if (parts.Contains("whole"))
{
    await new WholeBench(backends, repetitions).RunAsync();
}

Console.WriteLine();
Console.WriteLine($"Load at the end: {MachineLoad.Text()}.");
return 0;
