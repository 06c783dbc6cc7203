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
        Console.WriteLine($"| expert layers, {tokens} tokens | ms | ms of processors | GB/s of weights |");
        Console.WriteLine("|---|---|---|---|");
        using ExpertLayers cpu = Layers(backends.Cpu(MostAssignments), tokens);
        using ExpertLayers bf16 = Layers(backends.Torch(DType.BF16, MostAssignments), tokens);
        using ExpertLayers f32 = Layers(backends.Torch(DType.F32, MostAssignments), tokens);
        (string Name, ExpertLayers Layers, int BytesPerWeight)[] contenders =
            [("cpu, bf16 weights", cpu, 2), ("torch, bf16", bf16, 2), ("torch, f32", f32, 4)];
        foreach ((_, ExpertLayers layers, _) in contenders)
        {
            layers.Run();
        }

        List<Sample>[] samples = [.. contenders.Select(_ => new List<Sample>())];
        // The processors' time is counted in steps of 10 ms.
        int times = Math.Max(1, 64 / tokens);
        for (int i = 0; i < repetitions; i++)
        {
            for (int contender = 0; contender < contenders.Length; contender++)
            {
                samples[contender].Add(Sample.Of(() => Repeat(contenders[contender].Layers, times)));
            }
        }

        for (int i = 0; i < contenders.Length; i++)
        {
            double gigabytes = times * contenders[i].Layers.Bytes(contenders[i].BytesPerWeight) / 1e9;
            string wall = Distribution.Of(samples[i].Select(sample => sample.WallSeconds * 1e3 / times)).Text("F2");
            string processors = Distribution.Of(samples[i].Select(sample => sample.ProcessorSeconds * 1e3 / times)).Text("F2");
            string rate = Distribution.Of(samples[i].Select(sample => gigabytes / sample.WallSeconds)).Text("F1");
            Console.WriteLine($"| {contenders[i].Name} | {wall} | {processors} | {rate} |");
        }

        Console.WriteLine();
    }

    private static void Repeat(ExpertLayers layers, int times)
    {
        for (int i = 0; i < times; i++)
        {
            layers.Run();
        }
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
