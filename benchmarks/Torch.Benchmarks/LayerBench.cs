using System.Globalization;
using DaprMoE.Experts;
using DaprMoE.Tensors;

namespace DaprMoE.Torch.Benchmarks;

/// <summary>Expert layers only. Each repetition runs all contenders and torch's own product in turn, so that other work hits all alike.</summary>
internal sealed class LayerBench(Backends backends, int repetitions)
{
    private const int MostAssignments = 2048;

    /// <summary>512 tokens, where products bind: the share of torch's own rate in the same format.</summary>
    public void Prefill()
    {
        Console.WriteLine("| expert layers, 512 tokens | GFLOP/s | share of torch's 4096³ rate | share by processor time |");
        Console.WriteLine("|---|---|---|---|");
        using ExpertLayers cpu = Layers(backends.Cpu(MostAssignments), 512);
        foreach (DType type in (DType[])[DType.BF16, DType.F32])
        {
            using MatrixRate own = new(type.ToTorch(), backends.Workers.Workers);
            using ExpertLayers torch = Layers(backends.Torch(type, MostAssignments), 512);
            ReportShare(own, torch, type);
        }

        Report("cpu, bf16 weights, f32 products", cpu.Run, cpu.Operations / 1e9, "F0");
        Console.WriteLine();
    }

    /// <summary>Few tokens, where reading weights binds.</summary>
    public void Decode(int tokens)
    {
        Console.WriteLine($"| expert layers, {tokens} tokens | ms | GB/s of weights |");
        Console.WriteLine("|---|---|---|");
        using ExpertLayers cpu = Layers(backends.Cpu(MostAssignments), tokens);
        using ExpertLayers bf16 = Layers(backends.Torch(DType.BF16, MostAssignments), tokens);
        using ExpertLayers f32 = Layers(backends.Torch(DType.F32, MostAssignments), tokens);
        (string Name, ExpertLayers Layers, int BytesPerWeight)[] contenders =
            [("cpu, bf16 weights", cpu, 2), ("torch, bf16", bf16, 2), ("torch, f32", f32, 4)];
        foreach ((_, ExpertLayers layers, _) in contenders)
        {
            layers.Run();
        }

        List<double>[] seconds = [.. contenders.Select(_ => new List<double>())];
        for (int i = 0; i < repetitions; i++)
        {
            for (int contender = 0; contender < contenders.Length; contender++)
            {
                seconds[contender].Add(Sample.Of(contenders[contender].Layers.Run).WallSeconds);
            }
        }

        for (int i = 0; i < contenders.Length; i++)
        {
            double gigabytes = contenders[i].Layers.Bytes(contenders[i].BytesPerWeight) / 1e9;
            string times = Distribution.Of(seconds[i].Select(value => value * 1e3)).Text("F2");
            Console.WriteLine($"| {contenders[i].Name} | {times} | {Distribution.Of(seconds[i].Select(value => gigabytes / value)).Text("F1")} |");
        }

        Console.WriteLine();
    }

    private ExpertLayers Layers(IExpertBackendFactory factory, int tokens) => new(backends.Model.Description, factory, tokens);

    private void ReportShare(MatrixRate own, ExpertLayers layers, DType type)
    {
        layers.Run();
        own.Run();
        List<double> rates = [];
        List<double> shares = [];
        List<double> processorShares = [];
        Sample before = Sample.Of(own.Run);
        for (int i = 0; i < repetitions; i++)
        {
            Sample sample = Sample.Of(layers.Run);
            Sample after = Sample.Of(own.Run);
            double work = layers.Operations / MatrixRate.Operations;
            rates.Add(layers.Operations / sample.WallSeconds / 1e9);
            shares.Add(work * (before.WallSeconds + after.WallSeconds) / 2 / sample.WallSeconds);
            processorShares.Add(work * (before.ProcessorSeconds + after.ProcessorSeconds) / 2 / sample.ProcessorSeconds);
            before = after;
        }

        Console.WriteLine(
            $"| torch, {type.ToString().ToLower(CultureInfo.InvariantCulture)} | {Distribution.Of(rates).Text("F0")} "
            + $"| {Distribution.Of(shares).Text("P0")} | {Distribution.Of(processorShares).Text("P0")} |");
    }

    private void Report(string name, Action run, double amount, string format)
    {
        run();
        List<double> rates = [.. Enumerable.Range(0, repetitions).Select(_ => amount / Sample.Of(run).WallSeconds)];
        Console.WriteLine($"| {name} | {Distribution.Of(rates).Text(format)} | | |");
    }
}
