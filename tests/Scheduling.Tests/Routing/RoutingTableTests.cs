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
    public void Static_Alive_AreTheDevicesGiven()
    {
        Assert.Equal([0, 1, 2], RoutingTable.Static([1], devices: 3).Alive.ToArray());
        Assert.Equal([2], RoutingTable.Static([1], devices: 3, alive: [2]).Alive.ToArray());
    }

    [Fact]
    public void Table_AliveNotGiven_AreTheDevicesWithReplicas() =>
        Assert.Equal([0, 2], new RoutingTable(1, [Plan(devices: 4, [2]), Plan(devices: 4, [0, 2])]).Alive.ToArray());

    [Theory]
    [InlineData(new[] { 1 }, "Device 0 has replicas but is not alive")]
    [InlineData(new[] { 1, 0 }, "Alive are the devices 1, 0")]
    [InlineData(new[] { 0, 0 }, "Alive are the devices 0, 0")]
    [InlineData(new[] { 0, 2 }, "within 0 to 1")]
    [InlineData(new[] { -1, 0 }, "within 0 to 1")]
    public void Table_AliveThatContradicts_IsRefused(int[] alive, string message)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new RoutingTable(1, [Plan(devices: 2, [0])], alive));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_Text_IsTheDesignsForm()
    {
        ExpertId expert = new(3, 14);
        Assert.Equal("L3.E14", expert.ToString());
        Assert.Equal("L3.E14.R2", new ReplicaId(expert, 2).ToString());
    }

    private static LayerPlan Plan(int devices, int[] experts)
    {
        LayerPlan plan = new(experts.Length, devices);
        plan.Reset(experts.Length, devices);
        for (int expert = 0; expert < experts.Length; expert++)
        {
            plan.Add(expert, index: 0, experts[expert]);
        }

        plan.Seal();
        return plan;
    }

    private static int[] Devices(RoutingTable table, int layer) =>
        [.. table.Layer(layer).Replicas.ToArray().Select(replica => replica.Device)];
}
