using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>The balanced split against the exact optimum for tokens that can be cut: whole tokens reach it rounded up.</summary>
internal sealed class DispatchVectors : IVectorFile
{
    public void Check(JsonElement input, VectorExpectation expected)
    {
        int[] loads = input.Integers("loads");
        int devices = input.GetProperty("devices").GetInt32();
        LayerPlan plan = VectorJson.PlanOfHomes(input.Rows("homes"), devices);
        double[] shares = new double[plan.Count];
        EvenShares.Split(Array.ConvertAll(loads, load => (double)load), plan, shares);
        double[] deviceTokens = new double[devices];
        LayerTiming.Of<double>(plan, shares, default, 0, DeviceOverlap.Device, deviceTokens, new double[devices]);
        expected.Real("even", deviceTokens.Max());

        SplitResult result = new();
        SplitRules.Get("balanced").Split(loads, plan, default, result);
        double optimum = expected.Json.GetProperty("optimum").GetDouble();
        double whole = Math.Ceiling(optimum - (VectorExpectation.Tolerance * optimum));
        expected.Verify("balanced", result.MaxDeviceTokens == whole, result.MaxDeviceTokens, whole);
        expected.Verify("tokens", result.Tokens.ToArray().Sum() == loads.Sum(), result.Tokens.ToArray().Sum(), loads.Sum());
    }
}
