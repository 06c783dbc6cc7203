using DaprMoE.DirectTransport.Benchmarks;

// Measures the direct transport with expert hosts as processes of their own; prints Markdown.
string root = HostProcesses.Root();
string model = args.Length > 1 ? args[1] : Path.Combine(root, "models", "tiny-moe");
switch (args)
{
    case ["latency", ..]:
        await LatencyTable.PrintAsync(root, model);
        break;
    case ["stall", ..]:
        await StallTable.PrintAsync(root, model);
        break;
    case ["prefill", ..]:
        await PrefillRun.PrintAsync(root, model);
        break;
    default:
        Console.Error.WriteLine("Arguments: latency, stall or prefill, and the model's folder; the default is the bundled one.");
        return 2;
}

return 0;
