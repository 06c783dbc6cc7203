using Google.OrTools.Sat;

namespace DaprMoE.Scheduling.Tests;

/// <summary>Algorithm 2 from scratch against the exact smallest largest device load, by an independent solver.</summary>
public sealed class PlacementOracleTests
{
    [Fact]
    public void Place_SmallLayers_AreNearTheOptimumAndNeverBelow()
    {
        Random random = new(19);
        double sum = 0;
        const int Cases = 24;
        for (int i = 0; i < Cases; i++)
        {
            int experts = random.Next(4, 11);
            int[] loads = SyntheticLoads.Zipf(random, experts, tokens: 1000, skew: 0.8);
            int devices = random.Next(2, 5);
            int[] slots = [.. Enumerable.Range(0, devices).Select(_ => ((experts + devices - 1) / devices) + random.Next(2))];
            LayerPlan plan = new(0, 1);
            ReplicaPlacer placer = new();
            placer.Place([.. loads.Select(load => (double)load)], [.. loads.Select(_ => 1)], slots, [], spread: false, plan);
            long optimum = Optimum(loads, slots);
            double found = placer.DeviceLoads.ToArray().Max();
            Assert.InRange(found, optimum, 1.34 * optimum);
            sum += found / optimum;
        }

        Assert.InRange(sum / Cases, 1, 1.05);
    }

    private static long Optimum(int[] loads, int[] slots)
    {
        CpModel model = new();
        IntVar largest = model.NewIntVar(0, loads.Sum(), "largest");
        BoolVar[][] on = [.. loads.Select((_, e) => slots.Select((_, d) => model.NewBoolVar($"{e} on {d}")).ToArray())];
        foreach (BoolVar[] places in on)
        {
            model.AddExactlyOne(places);
        }

        for (int d = 0; d < slots.Length; d++)
        {
            BoolVar[] held = [.. on.Select(places => places[d])];
            model.Add(LinearExpr.WeightedSum(held, loads) <= largest);
            model.Add(LinearExpr.Sum(held) <= slots[d]);
        }

        model.Minimize(largest);
        CpSolver solver = new() { StringParameters = "num_workers:1,random_seed:7,max_deterministic_time:10" };
        Assert.Equal(CpSolverStatus.Optimal, solver.Solve(model));
        return (long)Math.Round(solver.ObjectiveValue);
    }
}
