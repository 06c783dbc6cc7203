namespace DaprMoE.Scheduling.Tests;

public sealed class EplbPolicyTests
{
    private static readonly double[] Skewed = [800, 100, 50, 50, 50, 50, 50, 50];

    [Fact]
    public void Decide_FirstHistory_PlansThenWaitsTheInterval()
    {
        PolicyBench bench = new("eplb");
        Assert.Equal(PlanReason.NoLoad, bench.Decide());
        Assert.Equal(12, bench.Plan.Count);
        bench.History.Add(Skewed);
        Assert.Equal(PlanReason.Replanned, bench.Decide(seconds: 1));
        Assert.Equal(5, bench.Plan.CountOf(0));
        bench.History.Add([50, 50, 50, 50, 50, 50, 50, 8000]);
        Assert.Equal(PlanReason.Unchanged, bench.Decide(seconds: 600));
        Assert.Equal(0, bench.Trace.Cold);
        Assert.Equal(PlanReason.Replanned, bench.Decide(seconds: 601));
        Assert.Equal(5, bench.Plan.CountOf(7));
        Assert.All(Enumerable.Range(0, 4), device => Assert.Equal(3, bench.Plan.CountOn(device)));
    }

    [Fact]
    public void Decide_SameHistoryAgain_MovesNothing()
    {
        PolicyBench bench = new("eplb");
        bench.History.Add(Skewed);
        bench.Decide();
        Assert.Equal(PlanReason.Replanned, bench.Decide(seconds: 700));
        Assert.Equal(0, bench.Trace.Cold);
    }

    [Fact]
    public void Decide_LessRoomThanWanted_PlansWithWhatThereIs()
    {
        PolicyBench bench = new("eplb") { Slots = [2, 5, 5, 5] };
        bench.History.Add(Skewed);
        Assert.Equal(PlanReason.Replanned, bench.Decide());
        Assert.Equal(8, bench.Plan.Count);
        Assert.All(Enumerable.Range(0, 4), device => Assert.Equal(2, bench.Plan.CountOn(device)));
    }

    [Fact]
    public void Decide_LessRoomThanExperts_IsRefusedWithBothNumbers()
    {
        PolicyBench bench = new("eplb") { Slots = [1, 5, 5, 5] };
        SchedulingException error = Assert.Throws<SchedulingException>(() => bench.Decide());
        Assert.Equal(SchedulingError.TooFewReplicas, error.Error);
        Assert.Contains("4 replicas", error.Message, StringComparison.Ordinal);
        Assert.Contains("8 experts", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateState_ShapeThatDoesNotDivide_IsRefused()
    {
        PolicyOptions options = new() { Eplb = new EplbOptions { Slots = 10 } };
        SchedulingException error = Assert.Throws<SchedulingException>(() => new PolicyBench("eplb", options: options));
        Assert.Equal(SchedulingError.NotDivisible, error.Error);
    }

    [Fact]
    public void Decide_ExpertsThatDoNotDivideByDevices_HoldOneOfEach()
    {
        PolicyBench bench = new("eplb", experts: 5, devices: 4, slots: 9);
        bench.History.Add([9, 1, 1, 1, 1]);
        bench.Decide();
        Assert.Equal(8, bench.Plan.Count);
        Assert.All(Enumerable.Range(0, 5), expert => Assert.True(bench.Plan.CountOf(expert) >= 1));
    }

    [Fact]
    public void Decide_Trace_TellsLoadsCopiesAndColdStarts()
    {
        PolicyBench bench = new("eplb");
        bench.History.Add(Skewed);
        bench.Decide();
        Assert.Equal(new PolicyTrace(PlanReason.Replanned, Tokens: 1200, 0, 0, 0, Slots: 16, MaxExtra: 4, Extra: 4, Cold: 12, 0), bench.Trace);
        bench.Decide(seconds: 1);
        Assert.Equal(new PolicyTrace(PlanReason.Unchanged, Tokens: 1200, 0, 0, 0, Slots: 16, MaxExtra: 4, Extra: 4, Cold: 0, 0), bench.Trace);
    }

    [Fact]
    public void Decide_WithoutLoads_CopiesTheFirstExpertsAlike()
    {
        PolicyBench bench = new("eplb");
        bench.Decide();
        Assert.Equal(8, bench.Trace.Tokens);
        Assert.All(Enumerable.Range(0, 8), expert => Assert.InRange(bench.Plan.CountOf(expert), 1, 2));
    }

    [Fact]
    public void Decide_SlotsSet_AreTheReplicas()
    {
        PolicyBench bench = new("eplb", options: new PolicyOptions { Eplb = new EplbOptions { Slots = 8 } });
        bench.History.Add(Skewed);
        bench.Decide();
        Assert.Equal(8, bench.Plan.Count);
    }

    [Fact]
    public void Decide_RoomChanges_PlansAgainBeforeTheInterval()
    {
        PolicyBench bench = new("eplb");
        bench.History.Add(Skewed);
        bench.Decide();
        bench.Slots = [2, 2, 2, 2];
        Assert.Equal(PlanReason.Replanned, bench.Decide(seconds: 1));
        Assert.Equal(8, bench.Plan.Count);
    }

    [Fact]
    public void Traits_ReadHistoryAlone()
    {
        PolicyTraits traits = PolicyRegistry.Create("eplb").Traits;
        Assert.Equal(new PolicyTraits("even", UsesForecast: false, PolicyDefaults.EplbHistorySamples, Live: true, Lossy: false), traits);
    }
}
