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
    public void Place_AliveInAnyOrder_KeepsTheLowestIndicesAndCountsEachOnce()
    {
        LayerPlan plan = new(0, 1);
        PlannedReplica[] alive =
        [
            new(0, 5, 3), new(0, 2, 2), new(0, 0, 0), new(0, 1, 1), new(0, 1, 3), new(1, 0, 4), new(2, 0, 0), new(-1, 0, 0), new(1, -1, 0),
        ];

        PlacementResult result = new ReplicaPlacer().Place([8, 4], [3, 1], [2, 2, 2, 2], alive, spread: false, plan);

        Assert.Equal([(0, 0), (1, 1), (2, 2)], plan.ReplicasOf(0).ToArray().Select(replica => (replica.Index, replica.Device)));
        Assert.Equal((3, 1, 1, 0), (result.Warm, result.Cold, result.Evicted, result.Migrations));
    }

    [Fact]
    public void Place_Reused_GivesWhatAFreshOneGives()
    {
        ReplicaPlacer used = new();
        LayerPlan plan = new(0, 1);
        LayerPlan fresh = new(0, 1);
        Cases.Select(Gen.Int[0, 1_000]).Sample((one, seed) =>
        {
            PlannedReplica[] alive = [.. plan.Replicas];
            new Random(seed).Shuffle(alive);
            ReplicaPlacer other = new();
            PlacementResult result = used.Place(one.Loads, one.Replicas, one.Slots, alive, one.Spread, plan);
            Assert.Equal(other.Place(one.Loads, one.Replicas, one.Slots, alive, one.Spread, fresh), result);
            Assert.True(plan.SameAs(fresh));
            Assert.Equal(other.Trimmed, used.Trimmed);
            Assert.Equal(other.Unplaced, used.Unplaced);
            Assert.Equal(other.DeviceLoads.ToArray(), used.DeviceLoads.ToArray());
            Assert.Equal(one.Slots.Length, used.DeviceLoads.Length);
        }, threads: 1);
    }

    [Fact]
    public void Place_Fits_TrimsNothing()
    {
        ReplicaPlacer placer = new();
        placer.Place([5, 3], [2, 2], [1, 1], [], spread: false, new LayerPlan(0, 1));
        Assert.Equal([1, 0], placer.Trimmed);

        placer.Place([5, 3], [1, 1], [1, 1], [], spread: false, new LayerPlan(0, 1));

        Assert.Empty(placer.Trimmed);
        Assert.Empty(placer.Unplaced);
        Assert.Equal([5.0, 3.0], placer.DeviceLoads.ToArray());
    }

    [Theory]
    [InlineData(new[] { int.MaxValue, int.MaxValue }, SchedulingError.BadReplicas, "wants 4294967294 replicas; at most 1048578 can")]
    [InlineData(new[] { 1, -2 }, SchedulingError.BadReplicas, "Expert 1 wants -2 replicas; give 0 or more")]
    [InlineData(new[] { 1 }, SchedulingError.LengthMismatch, "1 replica counts for 2 experts")]
    public void Place_BadCounts_AreNamedAtOnce(int[] replicas, SchedulingError error, string text)
    {
        SchedulingException refused = Assert.Throws<SchedulingException>(
            () => new ReplicaPlacer().Place([1, 2], replicas, [2], [], spread: false, new LayerPlan(0, 1)));
        Assert.Equal(error, refused.Error);
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Place_NoPlanToFill_IsRefused() => Assert.Throws<ArgumentNullException>(
        "plan", () => new ReplicaPlacer().Place([1], [1], [1], [], spread: false, null!));

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
