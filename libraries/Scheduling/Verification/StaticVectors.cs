using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>Plain expert parallelism.</summary>
internal sealed class StaticVectors : IVectorFile
{
    public void Check(JsonElement input, VectorExpectation expected)
    {
        int[] loads = input.Integers("loads");
        int devices = input.GetProperty("devices").GetInt32();
        LayerPlan plan = new(0, 1);
        StaticPlacement.Fill(loads.Length, devices, plan);
        SplitResult split = new();
        SplitRules.Get("even").Split(loads, plan, default, split);
        expected.Exact("device_of", plan.Replicas.ToArray().Select(replica => replica.Device));
        expected.Exact("device_load", split.DeviceTokens.ToArray());
        expected.Exact("device_count", Enumerable.Range(0, devices).Select(plan.CountOn));
    }
}
