using System.Globalization;
using DaprMoE.Gateway;

namespace DaprMoE.Cli;

/// <summary>What <c>plan</c> prints.</summary>
internal static class PlanTables
{
    public static string Title(PlanAnswer plan) => plan.Version == 0
        ? $"There is no plan yet: experts are at their static homes on {string.Join(", ", plan.Devices)}."
        : string.Create(CultureInfo.InvariantCulture,
            $"Plan {plan.Version} by {plan.Policy} of {DateTimeOffset.FromUnixTimeSeconds(plan.Created):yyyy-MM-dd HH:mm:ss} UTC; "
            + $"others stay idle for {plan.KeepAliveSeconds:0.#} s");

    /// <summary>A row for each layer: how many replicas each device has of it.</summary>
    public static Table Layers(PlanAnswer plan)
    {
        Table table = new(
            [new("layer", IsNumber: true), new("reason"), new("replicas", IsNumber: true), .. plan.Devices.Select(name => new Column(name, IsNumber: true))]);
        foreach (PlanAnswerLayer layer in plan.Layers)
        {
            table.Add(
            [
                Number(layer.Layer), layer.Reason, Number(layer.Replicas.Count),
                .. plan.Devices.Select(name => (Cell)Number(layer.Replicas.Count(replica => replica.Device == name))),
            ]);
        }

        return table;
    }

    /// <summary>A row for each expert: its devices.</summary>
    public static Table Experts(PlanAnswer plan)
    {
        Table table = new(new("expert"), new("replicas", IsNumber: true), new("devices"));
        foreach (PlanAnswerLayer layer in plan.Layers)
        {
            foreach (IGrouping<int, PlanAnswerReplica> expert in layer.Replicas.GroupBy(replica => replica.Expert))
            {
                table.Add(
                    $"L{layer.Layer}.E{expert.Key}", Number(expert.Count()), string.Join(", ", expert.Select(replica => replica.Device)));
            }
        }

        return table;
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
