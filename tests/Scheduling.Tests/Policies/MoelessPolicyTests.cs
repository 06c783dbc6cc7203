namespace DaprMoE.Scheduling.Tests;

public sealed class MoelessPolicyTests
{
    [Fact]
    public void Decide_HotExpert_GetsCopiesUpToHalfTheExperts()
    {
        PolicyBench bench = new("moeless") { Forecast = [8000, 300, 300, 300, 300, 300, 300, 300] };
        Assert.Equal(PlanReason.Cap, bench.Decide());
        Assert.Equal(5, bench.Plan.CountOf(0));
        Assert.Equal(12, bench.Plan.Count);
        Assert.Equal((4, 4L, 12), (bench.Trace.Extra, bench.Trace.MaxExtra, bench.Trace.Cold));
        Assert.True(bench.Trace.After < bench.Trace.Before);
    }

    [Fact]
    public void Decide_FewTokens_AreNotDivided()
    {
        PolicyBench bench = new("moeless") { Forecast = [90, 1, 1, 1, 1, 1, 1, 1] };
        Assert.Equal(PlanReason.Indivisible, bench.Decide());
        Assert.Equal(8, bench.Plan.Count);
    }

    [Fact]
    public void Decide_FewTokensAsInThePaper_AreDivided()
    {
        PolicyOptions options = new() { Moeless = new MoelessOptions { MinTokens = 1, MaxPerExpert = 3 } };
        PolicyBench bench = new("moeless", options: options) { Forecast = [90, 1, 1, 1, 1, 1, 1, 1] };
        Assert.Equal(PlanReason.ReplicaLimit, bench.Decide());
        Assert.Equal(3, bench.Plan.CountOf(0));
    }

    [Theory]
    [InlineData(500, PlanReason.Balanced)]
    [InlineData(0, PlanReason.NoLoad)]
    public void Decide_EqualLoads_HoldsOneOfEach(double load, PlanReason reason)
    {
        PolicyBench bench = new("moeless") { Forecast = [.. Enumerable.Repeat(load, 8)] };
        Assert.Equal(reason, bench.Decide());
        Assert.Equal(8, bench.Plan.Count);
    }

    [Fact]
    public void Decide_NoForecast_TakesTheNewestLoads()
    {
        PolicyBench bench = new("moeless");
        Assert.Equal(PlanReason.NoLoad, bench.Decide());
        bench.History.Add([300, 300, 300, 300, 300, 300, 300, 8000]);
        Assert.Equal(PlanReason.Cap, bench.Decide());
        Assert.Equal(5, bench.Plan.CountOf(7));
    }

    [Fact]
    public void Decide_ForecastChanges_KeepsWarmReplicas()
    {
        PolicyBench bench = new("moeless") { Forecast = [8000, 300, 300, 300, 300, 300, 300, 300] };
        bench.Decide();
        bench.Forecast = [300, 8000, 300, 300, 300, 300, 300, 300];
        bench.Decide();
        Assert.Equal(4, bench.Trace.Cold);
    }

    [Fact]
    public void Decide_NotWarmFirst_PlacesFreely()
    {
        PolicyOptions options = new() { Moeless = new MoelessOptions { WarmFirst = false } };
        PolicyBench bench = new("moeless", options: options) { Forecast = [8000, 300, 300, 300, 300, 300, 300, 300] };
        bench.Decide();
        Assert.Equal([0, 1, 2, 3], bench.DevicesOf(0).Distinct().Order());
    }

    [Fact]
    public void Decide_LessRoomThanExperts_IsAResidencySet()
    {
        PolicyBench bench = new("moeless", slots: 1) { Forecast = [8000, 1, 2, 300, 5, 400, 7, 500] };
        Assert.Equal(PlanReason.NoRoom, bench.Decide());
        Assert.Equal([0, 3, 5, 7], bench.Plan.Replicas.ToArray().Select(replica => replica.Expert));
        Assert.Equal(4, bench.Trace.Unplaced);
    }

    [Fact]
    public void Decide_RoomForFewerCopiesThanWanted_SaysNoRoom()
    {
        PolicyBench bench = new("moeless") { Forecast = [8000, 300, 300, 300, 300, 300, 300, 300], Slots = [3, 2, 2, 2] };
        Assert.Equal(PlanReason.NoRoom, bench.Decide());
        Assert.Equal((9, 1, 0), (bench.Plan.Count, bench.Trace.Extra, bench.Trace.Unplaced));
    }
}
