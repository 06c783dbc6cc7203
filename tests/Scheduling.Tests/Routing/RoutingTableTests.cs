namespace DaprMoE.Scheduling.Tests;

public sealed class RoutingTableTests
{
    [Fact]
    public void Static_ExpertsOverDevices_AreDividedInRuns()
    {
        RoutingTable table = RoutingTable.Static([0, 8, 5], devices: 4);
        Assert.Equal([], table.Devices(0).ToArray());
        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3], table.Devices(1).ToArray());
        Assert.Equal([0, 0, 1, 2, 3], table.Devices(2).ToArray());
    }

    [Fact]
    public void Ids_Text_IsTheDesignsForm()
    {
        ExpertId expert = new(3, 14);
        Assert.Equal("L3.E14", expert.ToString());
        Assert.Equal("L3.E14.R2", new ReplicaId(expert, 2).ToString());
    }
}
