using CsCheck;

namespace DaprMoE.Scheduling.Tests;

public sealed class ReplicaPlacerTests
{
    private static readonly Gen<(double[] Loads, int[] Replicas, int[] Slots, bool Spread)> Cases =
        from loads in LayerGen.Loads
        from replicas in Gen.Int[0, 4].Array[loads.Length]
        from slots in Gen.Int[0, 9].Array[1, 7]
        from spread in Gen.Bool
        select (loads, replicas, slots, spread);

    [Fact]
    public void Place_AnyInput_StaysWithinSlotsAndLosesExtrasFirst()
    {
        ReplicaPlacer placer = new();
        LayerPlan plan = new(0, 1);
        Cases.Sample(one =>
        {
            PlacementResult result = placer.Place(one.Loads, one.Replicas, one.Slots, [], one.Spread, plan);
            for (int d = 0; d < one.Slots.Length; d++)
            {
                Assert.InRange(plan.CountOn(d), 0, one.Slots[d]);
            }

            Assert.Equal(Math.Min(one.Replicas.Sum(), one.Slots.Sum()), plan.Count);
            Assert.Equal(plan.Count, result.Cold);
            Assert.Equal(placer.Unplaced.Count == 0, result.Feasible);
            bool anyExtra = Enumerable.Range(0, one.Loads.Length).Any(e => plan.CountOf(e) > 1);
            Assert.False(anyExtra && !result.Feasible, "an extra copy stands where an expert has none");
            AssertUniqueIndices(plan);
        }, threads: 1);
    }

    [Fact]
    public void Place_SamePlanAgain_KeepsEverything()
    {
        ReplicaPlacer placer = new();
        LayerPlan plan = new(0, 1);
        LayerPlan again = new(0, 1);
        Cases.Sample(one =>
        {
            placer.Place(one.Loads, one.Replicas, one.Slots, [], one.Spread, plan);
            PlacementResult result = placer.Place(one.Loads, one.Replicas, one.Slots, plan.Replicas, one.Spread, again);
            Assert.True(again.SameAs(plan));
            Assert.Equal((plan.Count, 0, 0, 0), (result.Warm, result.Cold, result.Evicted, result.Migrations));
        }, threads: 1);
    }

    [Fact]
    public void Place_OtherLoads_DiffersByWhatTheDiffSays()
    {
        ReplicaPlacer placer = new();
        LayerPlan plan = new(0, 1);
        LayerPlan next = new(0, 1);
        LayerDiff diff = new();
        Cases.Select(Gen.Int[0, 3]).Sample((one, turn) =>
        {
            placer.Place(one.Loads, one.Replicas, one.Slots, [], one.Spread, plan);
            int[] turned = [.. one.Replicas.Select((_, e) => one.Replicas[(e + turn) % one.Replicas.Length])];
            PlacementResult result = placer.Place(one.Loads, turned, one.Slots, plan.Replicas, one.Spread, next);
            diff.Compute(plan, next);
            Assert.Equal(result.Warm, diff.Warm);
            Assert.Equal(result.Cold, diff.Cold.Length);
            Assert.Equal(result.Evicted, diff.Evicted.Length);
            Assert.Equal(result.Migrations, diff.Migrations);
            Assert.Equal(plan.Count, diff.Warm + diff.Evicted.Length);
            AssertUniqueIndices(next);
        }, threads: 1);
    }

    [Fact]
    public void Place_Spread_PutsCopiesOfAnExpertOnDifferentDevices()
    {
        LayerPlan plan = new(0, 1);
        new ReplicaPlacer().Place([90, 1], [3, 1], [4, 4, 4], [], spread: true, plan);
        Assert.Equal([0, 1, 2], plan.ReplicasOf(0).ToArray().Select(replica => replica.Device).Order());
    }

    [Fact]
    public void Place_AbsurdCounts_AreRefusedAtOnce()
    {
        SchedulingException error = Assert.Throws<SchedulingException>(
            () => new ReplicaPlacer().Place([1, 2], [int.MaxValue, int.MaxValue], [2], [], spread: false, new LayerPlan(0, 1)));
        Assert.Equal(SchedulingError.BadReplicas, error.Error);
    }

    [Fact]
    public void Place_MostCopies_AreTrimmedInTime()
    {
        ReplicaPlacer placer = new();
        placer.Place([5, 3, 1], [ReplicaScaler.MostExtra, 2, 1], [3, 1], [], spread: true, new LayerPlan(0, 1));
        Assert.Equal(ReplicaScaler.MostExtra + 3 - 4, placer.Trimmed.Count);
    }

    private static void AssertUniqueIndices(LayerPlan plan) =>
        Assert.Equal(plan.Count, plan.Replicas.ToArray().Select(replica => (replica.Expert, replica.Index)).Distinct().Count());
}
