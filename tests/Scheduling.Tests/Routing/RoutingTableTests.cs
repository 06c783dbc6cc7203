namespace DaprMoE.Scheduling.Tests;

public sealed class RoutingTableTests
{
    [Fact]
    public void Static_ExpertsOverDevices_AreDividedInRuns()
    {
        RoutingTable table = RoutingTable.Static([0, 8, 5], devices: 4);
        Assert.Equal([], Devices(table, 0));
        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3], Devices(table, 1));
        Assert.Equal([0, 0, 1, 2, 3], Devices(table, 2));
    }

    [Fact]
    public void Static_DevicesLost_AreLeftOut()
    {
        RoutingTable table = RoutingTable.Static([4], devices: 3, alive: [0, 2]);
        Assert.Equal(3, table.DeviceCount);
        Assert.Equal([0, 0, 2, 2], Devices(table, 0));
    }

    [Fact]
    public void Static_NoDeviceAlive_NoExpertHasAReplica() =>
        Assert.Equal(0, RoutingTable.Static([4], devices: 3, alive: []).Layer(0).Count);

    [Fact]
    public void Replace_AnotherTable_IsTheCurrentOne()
    {
        Routes routes = new(RoutingTable.Static([4], devices: 1));
        RoutingTable next = RoutingTable.Static([4], devices: 2);
        routes.Replace(next);
        Assert.Same(next, routes.Current);
    }

    [Fact]
    public void Ids_Text_IsTheDesignsForm()
    {
        ExpertId expert = new(3, 14);
        Assert.Equal("L3.E14", expert.ToString());
        Assert.Equal("L3.E14.R2", new ReplicaId(expert, 2).ToString());
    }

    private static int[] Devices(RoutingTable table, int layer) =>
        [.. table.Layer(layer).Replicas.ToArray().Select(replica => replica.Device)];
}
