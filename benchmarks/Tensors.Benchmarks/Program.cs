using DaprMoE.Tensors;
using DaprMoE.Tensors.Benchmarks;

// Prints each kernel's share of the machine's limits as a Markdown table. Optional argument: how many workers (default: all processors).
var workers = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : Environment.ProcessorCount;
using var pool = new WorkerPool(workers);
using var limits = new Limits(pool);
Console.WriteLine($"{workers} workers, {(int)VectorWidths.Best}-bit vectors");
Console.WriteLine();
Console.WriteLine("| kernel | time | rate | share of limit: median | lowest | highest |");
Console.WriteLine("|---|---|---|---|---|---|");
foreach (var type in Enum.GetValues<DType>())
{
    foreach (var rows in (int[])[1, 2, 4, 8, 12, 16, 64, 512])
    {
        using var product = new ColdProduct(pool, type, rows, outputs: 1024, inputs: 1024);
        limits.Report($"{type} {rows} rows x 1024 x 1024, cold", product.Operations, product.Bytes, product.Run);
    }
}
