namespace DaprMoE.Scheduling.Tests;

public sealed class StableIndicesTests
{
    [Fact]
    public void Fill_AliveReplicas_KeepTheirIndices_AndNewOnesTakeTheLowestFree()
    {
        LayerPlan alive = Plan(experts: 1, devices: 3, new(0, 0, 1), new(0, 2, 0));
        Assert.Equal([new(0, 0, 1), new(0, 1, 2), new(0, 2, 0), new(0, 3, 2)], Fill([1, 1, 2], alive, experts: 1, devices: 3));
    }

    [Fact]
    public void Fill_AliveReplicaThatIsNotWanted_ItsIndexIsNotGivenToAnother()
    {
        LayerPlan alive = Plan(experts: 1, devices: 2, new PlannedReplica(0, 0, 0));
        Assert.Equal([new(0, 1, 1)], Fill([0, 1], alive, experts: 1, devices: 2));
    }

    [Fact]
    public void Fill_NeighbouringAliveIndices_AreAllSkipped()
    {
        LayerPlan alive = Plan(experts: 1, devices: 2, new(0, 0, 0), new(0, 1, 0), new(0, 3, 0));
        Assert.Equal(
            [new(0, 0, 0), new(0, 1, 0), new(0, 2, 1), new(0, 3, 0), new(0, 4, 1)], Fill([3, 2], alive, experts: 1, devices: 2));
    }

    [Fact]
    public void Fill_MoreAliveThanWantedOnADevice_KeepsTheLowestIndices()
    {
        LayerPlan alive = Plan(experts: 1, devices: 2, new(0, 0, 1), new(0, 1, 1), new(0, 2, 1));
        Assert.Equal([new(0, 0, 1), new(0, 1, 1)], Fill([0, 2], alive, experts: 1, devices: 2));
    }

    [Fact]
    public void Fill_AliveOnADeviceThatIsGone_CountsAsNone()
    {
        LayerPlan alive = Plan(experts: 1, devices: 3, new(0, 0, 2), new(0, 1, 1));
        Assert.Equal([new(0, 1, 1), new(0, 2, 0)], Fill([1, 1], alive, experts: 1, devices: 2));
    }

    [Fact]
    public void Fill_ExpertThatThePreviousPlanDoesNotKnow_BeginsAtZero()
    {
        LayerPlan alive = Plan(experts: 1, devices: 1, new PlannedReplica(0, 5, 0));
        Assert.Equal([new(0, 5, 0), new(1, 0, 0)], Fill([1, 1], alive, experts: 2, devices: 1));
        Assert.Equal([new(0, 0, 0), new(1, 0, 0)], Fill([1, 1], null, experts: 2, devices: 1));
    }

    private static PlannedReplica[] Fill(int[] copies, LayerPlan? alive, int experts, int devices)
    {
        LayerPlan plan = new(experts, devices);
        plan.Reset(experts, devices);
        new StableIndices().Fill(copies, alive, plan);
        return plan.Replicas.ToArray();
    }

    private static LayerPlan Plan(int experts, int devices, params PlannedReplica[] replicas)
    {
        LayerPlan plan = new(experts, devices);
        plan.Reset(experts, devices);
        foreach (PlannedReplica replica in replicas)
        {
            plan.Add(replica.Expert, replica.Index, replica.Device);
        }

        plan.Seal();
        return plan;
    }
}
