using System.Globalization;
using DaprMoE.Tensors;
using DaprMoE.Tensors.Benchmarks;

// Prints each kernel's share of the machine's limits as a Markdown table.
// Arguments: workers (default: all processors), and a word that the names of the kernels to measure contain.
var workers = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : Environment.ProcessorCount;
var filter = args.Length > 1 ? args[1] : "";
using var pool = new WorkerPool(workers);
using var limits = new Limits(pool, filter);
Console.WriteLine($"{workers} workers, {(int)VectorWidths.Best}-bit vectors");
Console.WriteLine();
Console.WriteLine("| kernel | fastest | median | share of limit, fastest | share, median | lowest | highest |");
Console.WriteLine("|---|---|---|---|---|---|---|");
foreach (var type in Enum.GetValues<DType>())
{
    foreach (var rows in (int[])[1, 2, 4, 8, 12, 16, 64, 512])
    {
        using var product = new ColdProduct(pool, type, rows, outputs: 1024, inputs: 1024);
        limits.Report($"{type} {rows} rows x 1024 x 1024, cold", product.Operations, product.Bytes, product.Run);
    }
}

foreach (var (tokens, headSize) in new[] { (512, 64), (512, 128), (64, 64), (2048, 64) })
{
    using var prefill = new Prefill(pool, tokens, heads: 16, kvHeads: 4, headSize);
    limits.Report($"attention, {tokens} rows, 16 heads of {headSize}, 4 of keys", prefill.Operations, prefill.Bytes, prefill.Run);
}
