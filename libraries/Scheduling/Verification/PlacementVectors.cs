using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>Algorithm 2 with capacities.</summary>
internal sealed class PlacementVectors : IVectorFile
{
    public void Check(JsonElement input, VectorExpectation expected)
    {
        int[] slots = input.Integers("slots");
        double[] loads = input.Reals("loads");
        PlannedReplica[] alive = Alive(input);
        LayerPlan plan = new(0, 1);
        ReplicaPlacer placer = new();
        PlacementResult result = placer.Place(
            loads, input.Integers("replicas"), slots, alive, input.GetProperty("spread").GetBoolean(), plan);
        HashSet<(int, int)> known = [.. alive.Where(one => (uint)one.Device < (uint)slots.Length).Select(one => (one.Expert, one.Index))];
        expected.Exact("replicas", Enumerable.Range(0, loads.Length).Select(plan.CountOf));
        expected.Exact("trimmed", placer.Trimmed);
        expected.Exact("unplaced", placer.Unplaced);
        expected.Exact("feasible", result.Feasible);
        expected.Exact("entries", plan.Replicas.ToArray().Select(one =>
            new[] { one.Expert, one.Index, one.Device, known.Contains((one.Expert, one.Index)) ? 1 : 0 }));
        expected.Reals("device_load", placer.DeviceLoads);
        expected.Exact("device_count", Enumerable.Range(0, slots.Length).Select(plan.CountOn));
        expected.Exact("warm", result.Warm);
        expected.Exact("cold", result.Cold);
        expected.Exact("evicted", result.Evicted);
        expected.Exact("migrations", result.Migrations);
    }

    private static PlannedReplica[] Alive(JsonElement input) => input.Optional("previous") is not JsonElement previous
        ? []
        : [.. previous.EnumerateArray().Where(one => one.GetProperty("alive").GetBoolean()).Select(one => new PlannedReplica(
            one.GetProperty("expert").GetInt32(), one.GetProperty("replica").GetInt32(), one.GetProperty("device").GetInt32()))];
}
