using CsCheck;

namespace DaprMoE.Scheduling.Tests;

/// <summary>Requests that come and go within a window.</summary>
public sealed class BillRequestsTests
{
    private static readonly BillScope Scope = new("model", "static");
    private static readonly BillPrices Prices = new([KeyValuePair.Create("gpu", 2e-5)], perCall: 3e-7);

    [Fact]
    public void Request_ComesWhileNobodyRuns_PaysFromItsBegin()
    {
        BillMeter meter = Meter(bytes: 100);
        meter.BeginRequest(1_000, "a");
        Run(meter, 1_010, 1_020, new RequestTokens("a", 1));
        RequestBill bill = meter.EndRequest(1_030, "a");
        Assert.Equal(1_000e-15, bill.ActiveGbSeconds, 1e-24);
        Assert.Equal(3_000e-15, bill.ResidencyGbSeconds, 1e-24);
        Bill all = meter.Snapshot(2_000);
        Assert.Equal(197_000e-15, all.UnattributedGbSeconds, 1e-22);
        Assert.Empty(all.Requests);
        Assert.Equal((1L, bill.ResidencyGbSeconds), (all.EndedRequests.Count, all.EndedRequests.ResidencyGbSeconds));
    }

    [Fact]
    public void Requests_Overlap_ShareEachSpanByWhatRanInIt()
    {
        BillMeter meter = Meter(bytes: 100);
        meter.BeginRequest(0, "a");
        Run(meter, 0, 10, new RequestTokens("a", 1));
        meter.BeginRequest(20, "b");
        Run(meter, 20, 30, new RequestTokens("a", 1), new RequestTokens("b", 3));
        RequestBill a = meter.EndRequest(40, "a");
        Run(meter, 40, 50, new RequestTokens("b", 3));
        RequestBill b = meter.EndRequest(60, "b");
        Assert.Equal((2_000 + 500) * 1e-15, a.ResidencyGbSeconds, 1e-24);
        Assert.Equal((1_500 + 2_000) * 1e-15, b.ResidencyGbSeconds, 1e-24);
    }

    [Fact]
    public void Request_NeverRuns_PaysNothing()
    {
        BillMeter meter = Meter(bytes: 100);
        meter.BeginRequest(10, "a");
        Assert.Equal(new RequestBill("a", 0, 0, 0, 0), meter.EndRequest(50, "a"));
        Assert.Equal(5_000e-15, meter.Snapshot(50).UnattributedGbSeconds, 1e-24);
    }

    [Fact]
    public void Request_StillRunsWhenItHasEnded_CountsAmongThoseThatEnded()
    {
        BillMeter meter = Meter(bytes: 100);
        meter.BeginRequest(0, "a");
        LayerRun run = meter.BeginRun(0, 0, [new RequestTokens("a", 1)]);
        RequestBill told = meter.EndRequest(10, "a");
        meter.RecordCalls(15, run, 2);
        meter.EndRun(20, run);
        Bill all = meter.Snapshot(20);
        Assert.Equal(1_000e-15, told.ActiveGbSeconds, 1e-24);
        Assert.Empty(all.Requests);
        Assert.Equal(2_000e-15, all.EndedRequests.ActiveGbSeconds, 1e-24);
        Assert.Equal(2_000e-15, all.EndedRequests.ResidencyGbSeconds, 1e-24);
        Assert.Equal(2, all.EndedRequests.Calls);
    }

    [Fact]
    public void Calls_OfARun_AreSharedByTokens()
    {
        BillMeter meter = Meter(bytes: 100);
        meter.BeginRequest(0, "a");
        meter.BeginRequest(0, "b");
        LayerRun run = meter.BeginRun(0, 0, [new RequestTokens("a", 1), new RequestTokens("b", 2)]);
        meter.RecordCalls(5, run, 4);
        meter.EndRun(10, run);
        LayerRun nobodys = meter.BeginRun(10, 0, []);
        meter.RecordCalls(11, nobodys, 5);
        Bill bill = meter.Snapshot(20);
        Assert.Equal([4 / 3.0, 8 / 3.0], bill.Requests.Select(request => request.Calls), (one, other) => Math.Abs(one - other) < 1e-9);
        Assert.Equal((9L, 5L), (bill.Calls, bill.UnattributedCalls));
        Assert.Equal(bill.Money, bill.Requests.Sum(request => request.Money) + bill.UnattributedMoney, 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => meter.RecordCalls(20, nobodys, -1));
        Assert.Throws<ArgumentException>(() => meter.RecordCalls(20, run, 1));
    }

    [Fact]
    public void Window_Ends_RequestsUnderWayBeginAnew()
    {
        BillMeter meter = Meter(bytes: 100);
        meter.BeginRequest(0, "a");
        Run(meter, 0, 10, new RequestTokens("a", 1));
        Bill first = meter.Restart(Scope, new BillWindow(20, long.MaxValue));
        Run(meter, 20, 25, new RequestTokens("a", 1));
        RequestBill second = meter.EndRequest(30, "a");
        Assert.Equal(2_000e-15, Assert.Single(first.Requests).ResidencyGbSeconds, 1e-24);
        Assert.Equal((500e-15, 1_000e-15), (second.ActiveGbSeconds, second.ResidencyGbSeconds));
        Bill both = first.Plus(meter.Snapshot(40));
        Assert.Equal(new BillWindow(0, 40), both.Window);
        Assert.Equal(4_000, (long)both.Residency);
        Assert.Equal((2_000e-15, 1L), (Assert.Single(both.Requests).ResidencyGbSeconds, both.EndedRequests.Count));
    }

    [Fact]
    public void Replica_OfOneNameOnTwoDevices_IsHeldTwice()
    {
        BillMeter meter = Meter(bytes: 100);
        meter.Record(new ReplicaMemoryEvent(0, MemoryEvent.Warm, default, Device: 1, "gpu", 40));
        meter.Record(new ReplicaMemoryEvent(10, MemoryEvent.Evict, default, Device: 0, "gpu", 100));
        Assert.Equal([1_000, 800], meter.Snapshot(20).Devices.Select(device => (long)device.Memory.Residency));
    }

    [Fact]
    public void Sums_AreThoseOfTheSnapshot() => ResidencyGenerators.Steps(most: 100).Sample(steps =>
    {
        BillMeter meter = new(Scope, new BillWindow(0, long.MaxValue), BothKinds(), new NonExpertMemory(77, "cpu"));
        long end = new BillPlayer(meter).Play(steps);
        (BillSums sums, Bill bill) = (meter.Sums(end), meter.Snapshot(end));
        Assert.Equal(bill.ActiveGbSeconds, sums.ActiveGbSeconds, 1e-12 * bill.ActiveGbSeconds);
        Assert.Equal(bill.ResidencyGbSeconds, sums.ResidencyGbSeconds, 1e-12 * bill.ResidencyGbSeconds);
        Assert.Equal(bill.Money, sums.Money, 1e-12 * bill.Money);
        Assert.Equal(bill.Calls, sums.Calls);
    });

    [Fact]
    public void Request_BegunTwiceOrInAMeterOfWholeWindows_IsRefused()
    {
        BillMeter meter = Meter(bytes: 1);
        meter.BeginRequest(0, "a");
        Assert.Contains("'a' is under way", Assert.Throws<InvalidOperationException>(() => meter.BeginRequest(0, "a")).Message, StringComparison.Ordinal);
        BillMeter whole = new(Scope, new BillWindow(0, long.MaxValue), Prices);
        Assert.Throws<InvalidOperationException>(() => whole.BeginRequest(0, "a"));
        Assert.Equal(default(RequestBill) with { Request = "b" }, meter.EndRequest(0, "b"));
    }

    private static BillPrices BothKinds() => new([KeyValuePair.Create("gpu", 3e-5), KeyValuePair.Create("cpu", 1e-5)], perCall: 2e-7);

    private static BillMeter Meter(long bytes)
    {
        BillMeter meter = new(Scope, new BillWindow(0, long.MaxValue), Prices, requestsEnd: true);
        meter.Record(new ReplicaMemoryEvent(0, MemoryEvent.Warm, default, Device: 0, "gpu", bytes));
        return meter;
    }

    private static void Run(BillMeter meter, long fromUs, long toUs, params RequestTokens[] tokens) =>
        meter.EndRun(toUs, meter.BeginRun(fromUs, 0, tokens));
}
