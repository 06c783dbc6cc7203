using DaprMoE.Tensors;

namespace DaprMoE.Torch.Benchmarks;

/// <summary>A prompt of 512 tokens and what is generated after it, with the experts on each backend in turn.</summary>
internal sealed class WholeBench(Backends backends, int repetitions)
{
    public async Task RunAsync()
    {
        using WholeModel cpu = new(backends.Model, backends.Workers, backends.Cpu);
        using WholeModel bf16 = new(backends.Model, backends.Workers, most => backends.Torch(DType.BF16, most));
        using WholeModel f32 = new(backends.Model, backends.Workers, most => backends.Torch(DType.F32, most));
        (string Name, WholeModel Model)[] contenders = [("cpu, bf16 weights", cpu), ("torch, bf16", bf16), ("torch, f32", f32)];
        List<(double Prefill, double Decode)>[] rates = [.. contenders.Select(_ => new List<(double, double)>())];
        for (int i = 0; i <= repetitions; i++)
        {
            for (int contender = 0; contender < contenders.Length; contender++)
            {
                (double, double) rate = await contenders[contender].Model.RunAsync();
                if (i > 0)
                {
                    rates[contender].Add(rate);
                }
            }
        }

        Console.WriteLine("| whole model | prompt of 512, tokens/s | generation, tokens/s |");
        Console.WriteLine("|---|---|---|");
        for (int i = 0; i < contenders.Length; i++)
        {
            string prefill = Distribution.Of(rates[i].Select(rate => rate.Prefill)).Text("F0");
            Console.WriteLine($"| {contenders[i].Name} | {prefill} | {Distribution.Of(rates[i].Select(rate => rate.Decode)).Text("F1")} |");
        }
    }
}
