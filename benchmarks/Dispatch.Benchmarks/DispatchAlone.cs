using System.Globalization;
using DaprMoE.Gateway;
using DaprMoE.Models;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;

namespace DaprMoE.Dispatch.Benchmarks;

/// <summary>Dispatch over devices that answer at once: sorting, dividing, calling and combining, and no kernel.</summary>
internal sealed class DispatchAlone : IExpertTransport
{
    private const int Devices = 4;

    public string Name => "none";

    public static void Report(LocalEngine local, LayerInput input, Func<double> clock)
    {
        Report(local, input, clock, "(one replica each)", SplitRules.Get("even"), RoutingTable.Static(ExpertsOf(local.Model), devices: 1));
        foreach (string rule in SplitRules.Names)
        {
            Report(local, input, clock, rule, SplitRules.Get(rule), Replicated(local.Model));
        }
    }

    public void Start(ExpertCall call)
    {
    }

    public CallOutcome Wait(ExpertCall call) => CallOutcome.Done;

    private static void Report(
        LocalEngine local, LayerInput input, Func<double> clock, string name, ISplitRule rule, RoutingTable table)
    {
        DispatchLimits limits = new(input.Tokens, input.Moe.TopK, input.Moe.Experts, input.Hidden);
        DispatchOptions options = new() { SplitRule = rule, Split = new SplitContext(default, Crossover: 12) };
        using MoeDispatcher dispatcher = new(new DispatchAlone(), new Routes(table), local.Workers, VectorWidths.Best, limits, options);
        int calls = input.Tokens > 100 ? 500 : 20_000;
        double[] seconds = [.. Enumerable.Range(0, calls).Select(_ => Pairs.Time(layer => input.Forward(dispatcher, layer), input.Layers[0], clock))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {input.Tokens} | {table.DeviceCount} | {name} | {Pairs.Median(seconds.Skip(calls / 2)) * 1e6:F1} us |"));
    }

    private static int[] ExpertsOf(PackedModel model) =>
        [.. model.Description.Layers.Select(layer => layer is MoeFeedForward moe ? moe.Experts : 0)];

    /// <summary>Static homes, and a second copy of every fourth expert.</summary>
    private static RoutingTable Replicated(PackedModel model) => new(version: 1, [.. ExpertsOf(model).Select(experts =>
    {
        LayerPlan plan = new(experts, Devices);
        plan.Reset(experts, Devices);
        for (int expert = 0; expert < experts; expert++)
        {
            int home = StaticPlacement.DeviceOf(expert, experts, Devices);
            plan.Add(expert, index: 0, home);
            if (expert % 4 == 0)
            {
                plan.Add(expert, index: 1, (home + 1) % Devices);
            }
        }

        plan.Seal();
        return plan;
    })]);
}
