using CsCheck;

namespace DaprMoE.Scheduling.Tests;

public sealed class BalancedSplitTests
{
    /// <summary>The optimum by duality: no division puts less on a set of devices than the experts that live only there bring.</summary>
    [Fact]
    public void Split_AnyLayer_ReachesTheLeastLargestDeviceLoad()
    {
        SplitResult result = new();
        LayerGen.SplitCases.Sample(layer =>
        {
            SplitRules.Get("balanced").Split(layer.Loads, layer.Plan, default, result);
            Assert.Equal(Optimum(layer.Loads, layer.Plan), result.MaxDeviceTokens);
        }, threads: 1);
    }

    /// <summary>Exchange between two devices is not enough here: the way from the first device to the last leads over the second.</summary>
    [Fact]
    public void Split_ReliefOnlyOverAChain_FindsIt()
    {
        SplitResult result = new();
        LayerPlan plan = LayerGen.Plan([[0], [0, 1], [1, 2]], devices: 3);
        SplitRules.Get("balanced").Split([6, 6, 6], plan, default, result);
        Assert.Equal([6, 6, 6], result.DeviceTokens.ToArray());
    }

    private static int Optimum(int[] loads, LayerPlan plan)
    {
        int optimum = 0;
        for (int set = 1; set < 1 << plan.Devices; set++)
        {
            int inside = 0;
            for (int e = 0; e < loads.Length; e++)
            {
                bool onlyHere = plan.ReplicasOf(e).ToArray().All(replica => (set >> replica.Device & 1) != 0);
                inside += onlyHere ? loads[e] : 0;
            }

            int devices = int.PopCount(set);
            optimum = Math.Max(optimum, (inside + devices - 1) / devices);
        }

        return optimum;
    }
}
