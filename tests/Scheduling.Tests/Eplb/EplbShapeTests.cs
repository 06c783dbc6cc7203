namespace DaprMoE.Scheduling.Tests;

public sealed class EplbShapeTests
{
    private static readonly EplbShape Sound = new(Replicas: 8, Groups: 2, Nodes: 2, Devices: 4);

    [Theory]
    [InlineData(0, 2, 4)]
    [InlineData(-1, 2, 4)]
    [InlineData(2, 0, 4)]
    [InlineData(2, -1, 4)]
    [InlineData(2, 2, 0)]
    [InlineData(2, 2, -4)]
    public void Rebalance_PartMissing_IsRefusedWithAllThree(int groups, int nodes, int devices)
    {
        EplbShape shape = Sound with { Groups = groups, Nodes = nodes, Devices = devices };
        SchedulingException error = Refuse([1, 1, 1, 1], shape);
        Assert.Equal(SchedulingError.BadShape, error.Error);
        Assert.Equal($"{groups} groups, {nodes} nodes, {devices} devices; EPLB needs at least 1 of each.", error.Message);
    }

    [Fact]
    public void Rebalance_NoExperts_IsRefused()
    {
        SchedulingException error = Refuse([], Sound);
        Assert.Equal(SchedulingError.NoExperts, error.Error);
        Assert.Equal("The layer has no experts; EPLB needs the load of at least one.", error.Message);
    }

    [Theory]
    [InlineData(5, 8, 2, 4, "5 / 2", "4 / 2", "8 / 4")]
    [InlineData(4, 8, 2, 5, "4 / 2", "5 / 2", "8 / 5")]
    [InlineData(4, 9, 2, 4, "4 / 2", "4 / 2", "9 / 4")]
    public void Rebalance_NumbersThatDoNotDivide_AreAllNamed(
        int experts, int replicas, int nodes, int devices, string byGroups, string byNodes, string byDevices)
    {
        EplbShape shape = new(replicas, Groups: 2, nodes, devices);
        SchedulingException error = Refuse([.. Enumerable.Repeat(1.0, experts)], shape);
        Assert.Equal(SchedulingError.NotDivisible, error.Error);
        Assert.Equal(
            $"EPLB needs groups that divide experts ({byGroups}), nodes that divide devices ({byNodes}) and devices that divide "
            + $"replicas ({byDevices}).", error.Message);
    }

    [Fact]
    public void Rebalance_FewerReplicasThanExperts_NamesBothAndTheRemedy()
    {
        SchedulingException error = Refuse([1, 1, 1, 1, 1, 1, 1, 1, 1, 1], Sound);
        Assert.Equal(SchedulingError.TooFewReplicas, error.Error);
        Assert.Contains("room for 8 replicas and the layer has 10 experts", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Add memory or use static, moeless or auto.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    public void Rebalance_LoadThatIsNone_IsRefused(double load) =>
        Assert.Equal(SchedulingError.BadLoad, Refuse([1, load, 1, 1], Sound).Error);

    private static SchedulingException Refuse(double[] loads, EplbShape shape) =>
        Assert.Throws<SchedulingException>(() => EplbBalancer.Rebalance(loads, shape));
}
