using System.Globalization;
using DaprMoE.Gateway;
using DaprMoE.Inference;

namespace DaprMoE.Dispatch.Benchmarks;

/// <summary>What forecast and decision take of each layer, on real devices with room for one and a half of all experts.</summary>
internal sealed class LoopCost(int warmUp) : IFastLoopObserver
{
    private const int Devices = 4;
    private const int Iterations = 2000;

    private readonly List<double> _seconds = [];
    private int _seen;

    public static void Report(string folder, int threads)
    {
        foreach (string policy in (string[])["static", "moeless", "auto"])
        {
            using LocalEngine local = LocalEngine.Open(folder, new LocalEngineOptions { Threads = threads, Devices = Devices, Policy = policy });
            foreach (int tokens in (int[])[1, 16, 64, 512])
            {
                using LayerInput input = new(local.Model, tokens);
                int iterations = tokens > 100 ? Iterations / 10 : Iterations;
                LoopCost cost = new(warmUp: iterations * input.Layers.Length / 2);
                local.Events.Watch(cost);
                cost.Run(local.Parts().Experts, input, iterations);
                Console.WriteLine(cost.Row(policy, tokens));
            }
        }
    }

    public void Decided(in LayerDecision decision)
    {
        if (_seen++ >= warmUp)
        {
            _seconds.Add(decision.Elapsed.TotalSeconds);
        }
    }

    private void Run(IMoeLayer experts, LayerInput input, int iterations)
    {
        int[] tokens = [.. Enumerable.Range(0, input.Tokens)];
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            experts.BeginIteration(new ForwardRows { Tokens = tokens, Runs = [] });
            foreach (int layer in input.Layers)
            {
                input.Forward(experts, layer);
            }
        }
    }

    private string Row(string policy, int tokens)
    {
        _seconds.Sort();
        return string.Create(
            CultureInfo.InvariantCulture, $"| {policy} | {tokens} | {At(0.5):F1} us | {At(0.9):F1} us | {At(0.99):F1} us |");
    }

    private double At(double share) => _seconds[(int)(share * (_seconds.Count - 1))] * 1e6;
}
