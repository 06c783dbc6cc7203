using CsCheck;

namespace DaprMoE.Scheduling.Tests;

public sealed class AutoPolicyTests
{
    private static readonly double[] Hot = [4000, 100, 400, 400, 400, 400, 400, 400];
    private static readonly int[] StaticHomes = [0, 0, 1, 1, 2, 2, 3, 3];

    [Fact]
    public void Decide_NothingSeen_IsStatic()
    {
        PolicyBench bench = new("auto");
        Assert.Equal(PlanReason.NoLoad, bench.Decide());
        Assert.Equal(StaticHomes, bench.Plan.Replicas.ToArray().Select(replica => replica.Device));
    }

    [Fact]
    public void Decide_HotExpert_GetsReliefAndBasesStay()
    {
        PolicyBench bench = new("auto");
        bench.Decide();
        Observe(bench, Hot);
        Assert.Equal(PlanReason.Replanned, bench.Decide(seconds: 1));
        Assert.True(bench.Plan.CountOf(0) > 1);
        Assert.InRange(bench.Plan.Count, 9, 12);
        Assert.Equal(bench.Plan.Count - 8, bench.Trace.Cold);
        Assert.True(bench.Trace.After < 0.7 * bench.Trace.Before);
        for (int e = 0; e < 8; e++)
        {
            Assert.Equal(new PlannedReplica(e, 0, StaticHomes[e]), bench.Plan.ReplicasOf(e)[0]);
        }
    }

    [Fact]
    public void Decide_WithinTheInterval_ChangesNothing()
    {
        PolicyBench bench = new("auto");
        Observe(bench, Hot);
        bench.Decide();
        LayerPlan before = Copy(bench.Plan);
        bench.History.Clear();
        Observe(bench, [.. Hot.Reverse()]);
        Assert.Equal(PlanReason.Unchanged, bench.Decide(seconds: 4.9));
        Assert.True(bench.Plan.SameAs(before));
        Assert.Equal(PlanReason.Replanned, bench.Decide(seconds: 5));
        Assert.Equal(1, bench.Plan.CountOf(0));
        Assert.True(bench.Plan.CountOf(7) > 1);
    }

    [Fact]
    public void Decide_SameLoadsAgain_MovesNothing()
    {
        PolicyBench bench = new("auto");
        Observe(bench, Hot);
        bench.Decide();
        Assert.Equal(PlanReason.Unchanged, bench.Decide(seconds: 100));
        Assert.Equal(0, bench.Trace.Cold);
    }

    [Fact]
    public void Decide_SlightlyBetterPlan_IsNotWorthAChange()
    {
        PolicyOptions options = new() { Auto = new AutoOptions { Hysteresis = 0.9 } };
        PolicyBench bench = new("auto", options: options);
        Observe(bench, Hot);
        Assert.Equal(PlanReason.Hysteresis, bench.Decide());
        Assert.Equal(8, bench.Plan.Count);
        Assert.True(bench.Trace.After < bench.Trace.Before);
    }

    [Fact]
    public void Decide_Decode_AddsNoCopiesThatOnlyReadWeights()
    {
        PolicyBench bench = new("auto");
        Observe(bench, [3, 5, 2, 8, 1, 4, 6, 2]);
        Assert.Equal(PlanReason.Unchanged, bench.Decide());
        Assert.Equal(8, bench.Plan.Count);
    }

    [Fact]
    public void Decide_MostlyDecode_WeighsPrefillByItsTime()
    {
        PolicyBench bench = new("auto");
        bench.History.Add(Hot, iterations: 1);
        bench.History.Add([60, 50, 50, 50, 50, 50, 50, 50], iterations: 20_000);
        bench.Decide();
        Assert.Equal(8, bench.Plan.Count);
    }

    [Fact]
    public void Decide_HigherTheta_BuysFewerCopies()
    {
        int[] counts = [.. new[] { 0, 0.5, 50 }.Select(theta =>
        {
            PolicyBench bench = new("auto", options: new PolicyOptions { Auto = new AutoOptions { Theta = theta } });
            Observe(bench, Hot);
            bench.Decide();
            return bench.Plan.Count;
        })];
        Assert.True(counts[0] >= counts[1] && counts[1] > counts[2], string.Join(", ", counts));
        Assert.Equal(8, counts[2]);
    }

    [Fact]
    public void Decide_TighterBudget_HoldsFewerCopies()
    {
        int[] counts = [.. new[] { 0, 0.9, 100 }.Select(limit =>
        {
            PolicyBench bench = new("auto", options: new PolicyOptions { Auto = new AutoOptions { MaxResidency = limit, Theta = 0 } });
            Observe(bench, [700, 400, 900, 400, 800, 400, 400, 400]);
            bench.Decide();
            return bench.Plan.Count;
        })];
        Assert.Equal(8, counts[0]);
        Assert.True(counts[0] <= counts[1] && counts[1] < counts[2], string.Join(", ", counts));
    }

    [Fact]
    public void Decide_BudgetShrinks_GivesCopiesBack()
    {
        PolicyBench rich = new("auto");
        Observe(rich, Hot);
        rich.Decide();
        PolicyBench poor = new("auto", options: new PolicyOptions { Auto = new AutoOptions { MaxResidency = 0 } });
        Observe(poor, Hot);
        poor.Adopt(rich.Plan);
        Assert.Equal(PlanReason.Replanned, poor.Decide());
        Assert.Equal(8, poor.Plan.Count);
    }

    /// <summary>Half of many samples are not planned for: what helps only the others is not bought.</summary>
    [Fact]
    public void Decide_HotOnlyInSamplesPlannedFor_BuysNothing()
    {
        PolicyBench bench = new("auto");
        for (int i = 0; i < 16; i++)
        {
            int age = 15 - i;
            bench.History.Add(int.IsEvenInteger(int.PopCount(age)) ? Hot : [400, 400, 400, 400, 400, 400, 400, 400]);
        }

        bench.Decide();
        Assert.Equal(8, bench.Plan.Count);
    }

    [Fact]
    public void Decide_LessRoomThanExperts_IsAResidencySetThatStays()
    {
        PolicyBench bench = new("auto", slots: 1);
        Observe(bench, [80, 1, 2, 30, 5, 40, 7, 50]);
        Assert.Equal(PlanReason.NoRoom, bench.Decide());
        Assert.Equal([0, 3, 5, 7], bench.Plan.Replicas.ToArray().Select(replica => replica.Expert));
        Assert.Equal(4, bench.Trace.Unplaced);
        bench.History.Clear();
        Observe(bench, [80, 1, 32, 30, 5, 40, 7, 50]);
        Assert.Equal(PlanReason.NoRoom, bench.Decide(seconds: 60));
        Assert.Equal(0, bench.Trace.Cold);
    }

    [Fact]
    public void Decide_HomeIsFull_PutsTheExpertElsewhere()
    {
        PolicyBench bench = new("auto") { Slots = [1, 2, 2, 3] };
        Assert.Equal(PlanReason.NoLoad, bench.Decide());
        Assert.Equal([0, 3], bench.DevicesOf(0).Concat(bench.DevicesOf(1)).Order());
    }

    [Fact]
    public void Decide_AnySamples_StaysWithinSlotsAndExtras()
    {
        Gen.Select(Gen.Int[0, 900].Array[8].Array[1, 5], Gen.Int[2, 4].Array[4], Gen.Int[0, 5]).Sample((samples, slots, extra) =>
        {
            PolicyBench bench = new("auto", options: new PolicyOptions { Auto = new AutoOptions { MaxExtra = extra } }) { Slots = slots };
            PolicyBench same = new("auto", options: new PolicyOptions { Auto = new AutoOptions { MaxExtra = extra } }) { Slots = slots };
            foreach (int[] sample in samples)
            {
                bench.History.Add([.. sample.Select(load => (double)load)]);
                same.History.Add([.. sample.Select(load => (double)load)]);
            }

            Assert.Equal(bench.Decide(), same.Decide());
            Assert.True(bench.Plan.SameAs(same.Plan));
            Assert.InRange(bench.Plan.Count, 8, 8 + extra);
            Assert.All(Enumerable.Range(0, 4), device => Assert.InRange(bench.Plan.CountOn(device), 0, slots[device]));
            Assert.All(Enumerable.Range(0, 8), expert => Assert.Distinct(bench.DevicesOf(expert)));
        }, threads: 1);
    }

    private static void Observe(PolicyBench bench, double[] loads)
    {
        for (int i = 0; i < 8; i++)
        {
            bench.History.Add(loads);
        }
    }

    private static LayerPlan Copy(LayerPlan plan)
    {
        LayerPlan copy = new(0, 1);
        copy.CopyFrom(plan);
        return copy;
    }
}
