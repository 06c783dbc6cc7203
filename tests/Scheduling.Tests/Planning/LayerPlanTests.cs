namespace DaprMoE.Scheduling.Tests;

public sealed class LayerPlanTests
{
    [Fact]
    public void Seal_AddedInAnyOrder_SortsAndCounts()
    {
        LayerPlan plan = new(3, 2);
        plan.Reset(3, 2);
        plan.Add(2, 1, 0);
        plan.Add(0, 4, 1);
        plan.Add(2, 0, 1);
        plan.Add(0, 2, 1);
        plan.Seal();
        Assert.Equal([new(0, 2, 1), new(0, 4, 1), new(2, 0, 1), new(2, 1, 0)], plan.Replicas.ToArray());
        Assert.Equal([2, 0, 2], Enumerable.Range(0, 3).Select(plan.CountOf));
        Assert.Equal([1, 3], Enumerable.Range(0, 2).Select(plan.CountOn));
        Assert.Equal([0, 2, 2], Enumerable.Range(0, 3).Select(plan.FirstOf));
    }

    [Fact]
    public void Reset_UsedPlan_IsEmptyAndMayGrow()
    {
        LayerPlan plan = LayerGen.Plan([[0], [1]], devices: 2);
        plan.Reset(4, 3);
        plan.Add(3, 0, 2);
        plan.Seal();
        Assert.Equal((4, 3, 1), (plan.Experts, plan.Devices, plan.Count));
        Assert.Equal(1, plan.CountOf(3));
        Assert.Equal(0, plan.CountOn(1));
    }

    [Theory]
    [InlineData(2, 0, 0)]
    [InlineData(-1, 0, 0)]
    [InlineData(0, -1, 0)]
    [InlineData(0, 0, 2)]
    [InlineData(0, 0, -1)]
    public void Add_OutOfRange_IsRefused(int expert, int index, int device)
    {
        LayerPlan plan = new(2, 2);
        plan.Reset(2, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.Add(expert, index, device));
    }

    [Fact]
    public void SameAs_OtherDevice_IsFalse()
    {
        LayerPlan plan = LayerGen.Plan([[0], [1]], devices: 2);
        LayerPlan copy = new(0, 1);
        copy.CopyFrom(plan);
        Assert.True(plan.SameAs(copy));
        Assert.False(plan.SameAs(LayerGen.Plan([[0], [0]], devices: 2)));
        Assert.False(plan.SameAs(LayerGen.Plan([[0], [1]], devices: 3)));
    }

    [Fact]
    public void Compute_NoPrevious_LoadsAll()
    {
        LayerDiff diff = new();
        LayerPlan plan = LayerGen.Plan([[0], [1]], devices: 2);
        diff.Compute(null, plan);
        Assert.Equal(plan.Replicas.ToArray(), diff.Cold.ToArray());
        Assert.Equal((0, 0, 0), (diff.Warm, diff.Evicted.Length, diff.Migrations));
    }

    [Fact]
    public void Compute_ReplicaOnAnotherDevice_IsAMigration()
    {
        LayerDiff diff = new();
        diff.Compute(LayerGen.Plan([[0, 1], [1], [0]], devices: 2), LayerGen.Plan([[0, 0], [1, 0], []], devices: 2));
        Assert.Equal([new(0, 1, 0), new(1, 1, 0)], diff.Cold.ToArray());
        Assert.Equal([new(0, 1, 1), new(2, 0, 0)], diff.Evicted.ToArray());
        Assert.Equal((2, 1), (diff.Warm, diff.Migrations));
    }

    [Fact]
    public void Compute_ReplicaThatIsGoneBeforeOneThatStays_IsEvictedInOrder()
    {
        LayerDiff diff = new();
        LayerPlan before = Plan(experts: 1, new(0, 0, 0), new(0, 1, 1), new(0, 3, 1));
        diff.Compute(before, Plan(experts: 1, new(0, 1, 1), new(0, 2, 0)));
        Assert.Equal([new(0, 2, 0)], diff.Cold.ToArray());
        Assert.Equal([new(0, 0, 0), new(0, 3, 1)], diff.Evicted.ToArray());
        Assert.Equal((1, 1), (diff.Warm, diff.Migrations));
    }

    [Fact]
    public void Compute_FewerExperts_EvictsWhatIsLeftOver()
    {
        LayerDiff diff = new();
        diff.Compute(LayerGen.Plan([[0], [1], [1]], devices: 2), LayerGen.Plan([[0]], devices: 2));
        Assert.Equal([new(1, 0, 1), new(2, 0, 1)], diff.Evicted.ToArray());
        Assert.Equal((1, 0, 0), (diff.Warm, diff.Cold.Length, diff.Migrations));
    }

    [Fact]
    public void Compute_MoreExperts_LoadsTheNewOnes()
    {
        LayerDiff diff = new();
        diff.Compute(LayerGen.Plan([[0]], devices: 2), LayerGen.Plan([[0], [1], [1]], devices: 2));
        Assert.Equal([new(1, 0, 1), new(2, 0, 1)], diff.Cold.ToArray());
        Assert.Equal((1, 0, 0), (diff.Warm, diff.Evicted.Length, diff.Migrations));
    }

    [Fact]
    public void New_SizesThatCanNotBe_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("experts", () => new LayerPlan(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("devices", () => new LayerPlan(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("devices", () => new LayerPlan(1, -1));
    }

    [Fact]
    public void New_Plan_IsEmptyAndReadable()
    {
        LayerPlan plan = new(3, 2);
        Assert.Equal((3, 2, 0, 0, 0), (plan.Experts, plan.Devices, plan.Count, plan.CountOf(2), plan.CountOn(1)));
    }

    [Fact]
    public void Plans_Null_IsRefusedByName()
    {
        LayerPlan plan = new(1, 1);
        Assert.Throws<ArgumentNullException>("other", () => plan.CopyFrom(null!));
        Assert.Throws<ArgumentNullException>("other", () => plan.SameAs(null!));
        Assert.Throws<ArgumentNullException>("next", () => new LayerDiff().Compute(plan, null!));
    }

    [Fact]
    public void History_Ring_KeepsTheNewest()
    {
        LoadHistory history = new(experts: 2, capacity: 3);
        for (int i = 1; i <= 5; i++)
        {
            history.Add([i, 10 * i], iterations: i);
        }

        Assert.Equal(3, history.Count);
        Assert.Equal([5, 50], history.Loads(0).ToArray());
        Assert.Equal([3, 30], history.Loads(2).ToArray());
        Assert.Equal(4, history.Weight(1));
        double[] total = new double[2];
        history.Sum(2, total);
        Assert.Equal([41, 410], total);
        Assert.Throws<ArgumentOutOfRangeException>(() => history.Loads(3).Length);
    }

    private static LayerPlan Plan(int experts, params PlannedReplica[] replicas)
    {
        LayerPlan plan = new(experts, devices: 2);
        plan.Reset(experts, devices: 2);
        foreach (PlannedReplica replica in replicas)
        {
            plan.Add(replica.Expert, replica.Index, replica.Device);
        }

        plan.Seal();
        return plan;
    }
}
