using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>Splits, the time of a layer, T and C.</summary>
internal sealed class TimingVectors : IVectorFile
{
    public void Check(JsonElement input, VectorExpectation expected)
    {
        switch (input.GetProperty("what").GetString())
        {
            case "split":
                CheckSplit(input, expected);
                break;
            case "layer":
                CheckLayer(input, expected);
                break;
            default:
                CheckBatch(input, expected);
                break;
        }
    }

    private static void CheckSplit(JsonElement input, VectorExpectation expected)
    {
        int replicas = input.GetProperty("replicas").GetInt32();
        LayerPlan plan = VectorJson.Plan([.. Enumerable.Range(0, replicas).Select(r => new[] { 0, r, 0 })], 1, 1);
        string mode = input.GetProperty("mode").GetString() ?? "";
        double crossover = input.Optional("crossover")?.GetDouble() ?? 0;
        expected.Reals("tokens", VectorSplit.Divide([input.GetProperty("load").GetDouble()], plan, mode, crossover));
    }

    private static void CheckLayer(JsonElement input, VectorExpectation expected)
    {
        double[] loads = input.Reals("loads");
        int devices = input.GetProperty("devices").GetInt32();
        LayerPlan plan = VectorJson.Plan(input.Rows("entries"), loads.Length, devices);
        double[] deviceTokens = new double[devices];
        LayerTime time = VectorSplit.Time(input, loads, plan, input.Overlap(), deviceTokens);
        expected.Real("compute", time.Compute);
        expected.Real("a2a", time.AllToAll);
        expected.Real("total", time.Total);
        expected.Reals("device_tokens", deviceTokens);
    }

    private static void CheckBatch(JsonElement input, VectorExpectation expected)
    {
        int devices = input.GetProperty("devices").GetInt32();
        int[][][] entries = [.. input.GetProperty("entries_per_layer").EnumerateArray().Select(
            rows => rows.EnumerateArray().Select(row => row.EnumerateArray().Select(v => v.GetInt32()).ToArray()).ToArray())];
        BatchObjective batch = new(
            input.GetProperty("expert_gb").GetDouble(), input.GetProperty("t_misc").GetDouble(), input.GetProperty("misc_gb").GetDouble());
        foreach (JsonElement iteration in input.GetProperty("iterations").EnumerateArray())
        {
            int layer = 0;
            foreach (JsonElement row in iteration.EnumerateArray())
            {
                double[] loads = [.. row.EnumerateArray().Select(value => value.GetDouble())];
                LayerPlan plan = VectorJson.Plan(entries[layer++], loads.Length, devices);
                batch.Add(VectorSplit.Time(input, loads, plan, input.Overlap(), new double[devices]), plan.Count);
            }
        }

        expected.Real("time", batch.Time);
        expected.Real("cost", batch.Cost);
    }
}
