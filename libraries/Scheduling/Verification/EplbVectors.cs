using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>EPLB's rebalance_experts.</summary>
internal sealed class EplbVectors : IVectorFile
{
    public void Check(JsonElement input, VectorExpectation expected)
    {
        double[][] weights = [.. input.GetProperty("weight").EnumerateArray().Select(
            row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
        EplbShape shape = new(
            input.GetProperty("replicas").GetInt32(),
            input.GetProperty("groups").GetInt32(),
            input.GetProperty("nodes").GetInt32(),
            input.GetProperty("gpus").GetInt32());
        EplbLayer[] layers = weights.Length == 0
            ? [EplbBalancer.Rebalance([], shape)]
            : [.. weights.Select(row => EplbBalancer.Rebalance(row, shape))];
        int widest = layers.Max(layer => layer.CountOf.Max());
        expected.Exact("phy2log", layers.Select(layer => layer.ExpertOf));
        expected.Exact("log2phy", layers.Select(layer => layer.SlotsByExpert(widest)));
        expected.Exact("logcnt", layers.Select(layer => layer.CountOf));
    }
}
