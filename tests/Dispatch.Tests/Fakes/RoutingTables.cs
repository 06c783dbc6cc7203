using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch.Tests;

/// <summary>Routing tables of one layer.</summary>
internal static class RoutingTables
{
    /// <summary>A table with these replicas.</summary>
    public static RoutingTable Of(int experts, int devices, int[]? alive, params (int Expert, int Index, int Device)[] replicas)
    {
        LayerPlan plan = new(experts, devices);
        plan.Reset(experts, devices);
        foreach ((int expert, int index, int device) in replicas)
        {
            plan.Add(expert, index, device);
        }

        plan.Seal();
        return new RoutingTable(version: 7, [plan], alive);
    }

    /// <summary>Each expert has up to one replica per device, by chance; some experts none.</summary>
    public static RoutingTable Random(int experts, int devices, int seed)
    {
        Random random = new(seed);
        (int, int, int)[] replicas = [..
            from expert in Enumerable.Range(0, experts)
            let hosts = Enumerable.Range(0, devices).OrderBy(_ => random.Next()).Take(random.Next(devices + 1)).ToArray()
            from index in Enumerable.Range(0, hosts.Length)
            select (expert, index, hosts[index])];
        return Of(experts, devices, [.. Enumerable.Range(0, devices)], replicas);
    }
}
