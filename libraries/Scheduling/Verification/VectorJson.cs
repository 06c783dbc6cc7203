using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>Reads the shapes that several files of vectors share.</summary>
internal static class VectorJson
{
    public static double[] Reals(this JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    public static int[] Integers(this JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];

    public static int[][] Rows(this JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetInt32()).ToArray())];

    public static JsonElement? Optional(this JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static TimeModel Model(this JsonElement json)
    {
        JsonElement model = json.GetProperty("model");
        double Constant(string name) => model.GetProperty(name).GetDouble();
        return model.GetProperty("kind").GetString() switch
        {
            "linear" => new TimeModel(TimeShape.Linear, Constant("alpha"), 0, 0),
            "roofline" => new TimeModel(TimeShape.Roofline, Constant("alpha"), Constant("t_weights"), Constant("c")),
            string kind => throw Check.Error(SchedulingError.BadModel, $"There is no time model '{kind}'; there are linear, roofline."),
            null => throw new JsonException("The time model has no kind."),
        };
    }

    public static DeviceOverlap Overlap(this JsonElement json) => json.GetProperty("overlap").GetString() switch
    {
        "replica" => DeviceOverlap.Replica,
        "device" => DeviceOverlap.Device,
        string overlap => throw Check.Error(SchedulingError.BadOverlap, $"There is no overlap '{overlap}'; there are replica, device."),
        null => throw new JsonException("The overlap is null."),
    };

    /// <summary>A plan from rows of [expert, index, device].</summary>
    public static LayerPlan Plan(int[][] rows, int experts, int devices)
    {
        LayerPlan plan = new(experts, devices);
        plan.Reset(experts, devices);
        foreach (int[] row in rows)
        {
            plan.Add(row[0], row[1], row[2]);
        }

        plan.Seal();
        return plan;
    }

    /// <summary>A plan from each expert's devices.</summary>
    public static LayerPlan PlanOfHomes(int[][] homes, int devices)
    {
        IEnumerable<int[]> rows = homes.SelectMany((own, e) => own.Distinct().Select((device, index) => new[] { e, index, device }));
        return Plan([.. rows], homes.Length, devices);
    }
}
