using CsCheck;

namespace DaprMoE.Scheduling.Tests;

public sealed class BillMeterTests
{
    private static readonly BillScope Scope = new("model", "static");

    private static readonly BillPrices Prices = new([KeyValuePair.Create("gpu", 3e-5), KeyValuePair.Create("cpu", 1e-5)], perCall: 2e-7);

    [Fact]
    public void Bill_RandomLife_PartsAddUpToTheWhole()
    {
        Steps(most: 200).Sample(steps =>
        {
            BillMeter meter = new(Scope, new BillWindow(20, long.MaxValue), Prices, new NonExpertMemory(77, "cpu"));
            long end = new BillPlayer(meter).Play(steps);
            AssertAddsUp(meter.Snapshot(Math.Max(end, 20)));
        });
    }

    [Fact]
    public void Bill_WindowsInTurn_AddUpToOneWindow()
    {
        Steps(most: 100).List[1, 4].Sample(
            parts =>
            {
                NonExpertMemory rest = new(77, "cpu");
                BillMeter whole = new(Scope, new BillWindow(0, long.MaxValue), Prices, rest);
                BillMeter turn = new(Scope, new BillWindow(0, long.MaxValue), Prices, rest);
                BillPlayer wholePlayer = new(whole);
                BillPlayer turnPlayer = new(turn);
                List<Bill> bills = [];
                foreach (var steps in parts)
                {
                    wholePlayer.Play(steps);
                    long now = turnPlayer.Play(steps);
                    bills.Add(turn.Restart(Scope, new BillWindow(now, long.MaxValue)));
                }

                Bill all = whole.Snapshot(bills[^1].Window.EndUs);
                Assert.Equal(all.Memory, bills.Select(bill => bill.Memory).Aggregate(MemoryParts.Add));
                Assert.Equal(all.NonExpert, bills.Aggregate(Int128.Zero, (sum, bill) => sum + bill.NonExpert));
                Assert.Equal(all.Calls, bills.Sum(bill => bill.Calls));
                Assert.Equal(all.Money, bills.Sum(bill => bill.Money), 1e-9 * all.Money + 1e-21);
                Assert.Equal(
                    all.Requests.Sum(request => request.ActiveGbSeconds),
                    bills.Sum(bill => bill.Requests.Sum(request => request.ActiveGbSeconds)),
                    1e-9 * all.ActiveGbSeconds + 1e-21);
            },
            iter: 150);
    }

    [Fact]
    public void Bill_SnapshotsInBetween_ChangeNothing()
    {
        Steps(most: 100).Sample(
            steps =>
            {
                BillMeter plain = new(Scope, new BillWindow(0, long.MaxValue), Prices);
                BillMeter watched = new(Scope, new BillWindow(0, long.MaxValue), Prices);
                long end = new BillPlayer(plain).Play(steps);
                new BillPlayer(watched).Play(steps, eachUs: now => watched.Snapshot(now));
                (Bill one, Bill other) = (plain.Snapshot(end), watched.Snapshot(end));
                Assert.Equal((one.Memory, one.Calls), (other.Memory, other.Calls));
                Assert.Equal(one.Experts, other.Experts);
                Assert.Equal(one.Requests.Count, other.Requests.Count);
                Assert.All(one.Requests.Zip(other.Requests), pair =>
                    Assert.Equal(pair.First.ActiveGbSeconds, pair.Second.ActiveGbSeconds, 1e-9 * pair.First.ActiveGbSeconds + 1e-24));
            },
            iter: 150);
    }

    [Fact]
    public void Bill_ResidencyTransitions_BillTheBytesThatWereHeld()
    {
        Gen.Select(ResidencyGenerators.Settings, ResidencyGenerators.Steps(most: 100)).Sample(
            (settings, steps) =>
            {
                BillMeter meter = new(Scope, new BillWindow(0, long.MaxValue), Prices);
                ResidencyPlayer player = new(settings) { OnTransition = transition => Record(meter, transition) };
                Int128 byteUs = 0;
                foreach ((int What, int Which, int Also, int Elapsed) step in steps)
                {
                    byteUs += (Int128)player.State.ResidentBytes * step.Elapsed;
                    player.Play([step]);
                }

                Assert.Equal(byteUs, meter.Snapshot(player.NowUs).Residency);
            },
            iter: 250);
    }

    [Fact]
    public void Bill_LargestLife_IsExact()
    {
        BillMeter meter = new(Scope, new BillWindow(0, long.MaxValue), Prices);
        meter.Record(Change(0, MemoryEvent.Load, bytes: long.MaxValue));
        meter.Record(Change(0, MemoryEvent.Warm, bytes: long.MaxValue));
        LayerRun run = meter.BeginRun(0, layer: 0, []);
        meter.EndRun(long.MaxValue, run);
        Assert.Equal((Int128)long.MaxValue * long.MaxValue, meter.Snapshot(long.MaxValue).Memory.Active);
    }

    [Fact]
    public void Bill_PolicySwitch_BillsEachPolicyForItsTime()
    {
        BillMeter meter = new(Scope, new BillWindow(0, long.MaxValue), Prices);
        meter.Record(Change(0, MemoryEvent.Warm, bytes: 100));
        meter.RecordCall(5, "a");
        Bill first = meter.Restart(new BillScope("model", "auto"), new BillWindow(10, 30));
        meter.RecordCall(30, "a");
        Bill second = meter.Snapshot(40);
        Assert.Equal((Scope, 1_000, 1), (first.Scope, (long)first.Residency, first.Calls));
        Assert.Equal(("auto", 2_000, 0), (second.Scope.Policy, (long)second.Residency, second.Calls));
        Assert.Equal(new BillWindow(10, 30), second.Window);
        Assert.Empty(second.Requests);
    }

    [Fact]
    public void Bill_RowsOfANewWindow_AreOfWhatIsHeldOnly()
    {
        BillMeter meter = new(Scope, new BillWindow(0, long.MaxValue), Prices);
        meter.Record(At(0, MemoryEvent.Warm, layer: 1, device: 1, "gpu"));
        meter.Record(At(0, MemoryEvent.Warm, layer: 0, device: 0, "cpu"));
        meter.Record(At(5, MemoryEvent.Evict, layer: 0, device: 0, "cpu"));
        Bill first = meter.Restart(Scope, new BillWindow(10, long.MaxValue));
        Bill second = meter.Snapshot(20);
        Assert.Equal([0, 1], first.Layers.Select(row => row.Key));
        Assert.Equal([0, 1], first.Devices.Select(row => row.Key));
        Assert.Equal(["gpu", "cpu"], first.Kinds.Select(row => row.Key));
        Assert.Equal([1], second.Layers.Select(row => row.Key));
        Assert.Equal([new ExpertId(1, 0)], second.Experts.Select(row => row.Key));
        Assert.Equal([1], second.Devices.Select(row => row.Key));
        Assert.Equal(["gpu"], second.Kinds.Select(row => row.Key));
    }

    [Fact]
    public void Bill_RunNotOver_IsCreditedUpToNow()
    {
        BillMeter meter = new(Scope, new BillWindow(0, long.MaxValue), Prices);
        meter.Record(Change(0, MemoryEvent.Warm, bytes: 100));
        LayerRun run = meter.BeginRun(10, 0, [new RequestTokens("b", 3), new RequestTokens("a", 1)]);
        Bill during = meter.Snapshot(14);
        Assert.Equal(["a", "b"], during.Requests.Select(request => request.Request));
        Assert.Equal([100e-15, 300e-15], during.Requests.Select(request => request.ActiveGbSeconds));
        Assert.Equal(350e-15, during.Requests[0].ResidencyGbSeconds, 1e-25);
        Assert.Equal(1_050e-15, during.Requests[1].ResidencyGbSeconds, 1e-25);
        meter.Record(Change(18, MemoryEvent.Evict, bytes: 100));
        meter.EndRun(20, run);
        Assert.Equal([200e-15, 600e-15], meter.Snapshot(30).Requests.Select(request => request.ActiveGbSeconds));
    }

    [Theory]
    [InlineData(0, "gpu")]
    [InlineData(8, "gpu,cpu")]
    public void Bill_NonExpertMemory_StandsWithItsKind(long bytes, string kinds)
    {
        BillMeter meter = new(Scope, new BillWindow(0, long.MaxValue), Prices, new NonExpertMemory(bytes, "cpu"));
        meter.Record(Change(0, MemoryEvent.Warm, bytes: 100));
        Bill bill = meter.Snapshot(10);
        Assert.Equal(kinds.Split(','), bill.Kinds.Select(row => row.Key));
        Assert.Equal(10 * bytes, (long)bill.NonExpert);
        Assert.Equal(10 * bytes, bill.Kinds.Where(row => row.Key == "cpu").Sum(row => (long)row.Memory.Idle));
    }

    [Fact]
    public void Bill_BadInput_NamesTheThing()
    {
        BillMeter meter = new(Scope, new BillWindow(0, 100), Prices);
        meter.RecordCall(50, "a");
        AssertThrows<ArgumentOutOfRangeException>("from 50 us to 49 us", () => meter.RecordCall(49, "a"));
        AssertThrows<ArgumentException>("'npu'", () => meter.Record(Change(50, MemoryEvent.Load, 1) with { Kind = "npu" }));
        AssertThrows<ArgumentOutOfRangeException>("-1", () => meter.Record(Change(50, MemoryEvent.Load, -1)));
        AssertThrows<ArgumentOutOfRangeException>("-1", () => meter.BeginRun(50, 0, [new RequestTokens("a", -1)]));
        AssertThrows<ArgumentException>("Run 9 of layer 0 is not open", () => meter.EndRun(50, new LayerRun(0, 9)));
        AssertThrows<ArgumentException>("before its start", () => meter.Restart(Scope, new BillWindow(60, 59)));
        Assert.Equal(
            SchedulingError.BadEvent, Assert.Throws<SchedulingException>(() => meter.Record(Change(50, (MemoryEvent)3, 1))).Error);
    }

    [Theory]
    [InlineData(double.NaN, 0, "price of gpu memory")]
    [InlineData(-1, 0, "price of gpu memory")]
    [InlineData(1, double.PositiveInfinity, "price of a call")]
    public void Prices_Impossible_AreRefusedByName(double memory, double call, string name) =>
        AssertThrows<ArgumentOutOfRangeException>(name, () => _ = new BillPrices([KeyValuePair.Create("gpu", memory)], call));

    [Fact]
    public void Bill_SteadyState_AllocatesNothing()
    {
        BillMeter meter = new(Scope, new BillWindow(0, long.MaxValue), Prices);
        RequestTokens[] tokens = [new("a", 3), new("b", 5)];
        long now = 0;
        Round(meter, tokens, ref now);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 1_000; round++)
        {
            Round(meter, tokens, ref now);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Round(BillMeter meter, RequestTokens[] tokens, ref long now)
    {
        meter.Record(Change(++now, MemoryEvent.Load, 100));
        meter.Record(Change(++now, MemoryEvent.Warm, 100));
        LayerRun run = meter.BeginRun(++now, 0, tokens);
        LayerRun overlapping = meter.BeginRun(++now, 0, tokens);
        meter.RecordCall(now, "a");
        meter.EndRun(++now, overlapping);
        meter.EndRun(++now, run);
        meter.Record(Change(++now, MemoryEvent.Evict, 100));
    }

    private static void Record(BillMeter meter, ResidencyTransition transition)
    {
        if (transition.MemoryEvent is { } change)
        {
            meter.Record(in change);
        }
    }

    private static void AssertAddsUp(Bill bill)
    {
        Assert.Equal(bill.Residency, bill.Memory.Loading + bill.Memory.Active + bill.Memory.Idle + bill.NonExpert);
        Assert.Equal(bill.Memory, bill.Layers.Select(row => row.Memory).Aggregate(default(MemoryParts), MemoryParts.Add));
        Assert.Equal(bill.Memory, bill.Experts.Select(row => row.Memory).Aggregate(default(MemoryParts), MemoryParts.Add));
        Assert.Equal(bill.Memory, bill.Devices.Select(row => row.Memory).Aggregate(default(MemoryParts), MemoryParts.Add));
        Assert.Equal(bill.Residency, bill.Kinds.Select(row => row.Memory).Aggregate(default(MemoryParts), MemoryParts.Add).Residency);
        Assert.Equal(bill.MemoryMoney, bill.Layers.Sum(row => row.Money) + NonExpertMoney(bill), 1e-12 * bill.Money);
        Assert.Equal(bill.MemoryMoney, bill.Experts.Sum(row => row.Money) + NonExpertMoney(bill), 1e-12 * bill.Money);
        Assert.Equal(bill.MemoryMoney, bill.Devices.Sum(row => row.Money) + NonExpertMoney(bill), 1e-12 * bill.Money);
        double requests = bill.Requests.Sum(request => request.ResidencyGbSeconds);
        Assert.Equal(bill.ResidencyGbSeconds, requests + bill.UnattributedGbSeconds, 1e-12 * bill.ResidencyGbSeconds);
        if (bill.UnattributedGbSeconds == 0)
        {
            Assert.Equal(bill.Money, bill.Requests.Sum(request => request.Money), 1e-12 * bill.Money);
        }
    }

    private static double NonExpertMoney(Bill bill) => 1e-5 * ByteTime.GbSeconds(bill.NonExpert);

    private static ReplicaMemoryEvent At(long timeUs, MemoryEvent change, int layer, int device, string kind) =>
        new(timeUs, change, new ReplicaId(new ExpertId(layer, 0), 0), device, kind, Bytes: 100);

    private static void AssertThrows<T>(string text, Action action)
        where T : Exception => Assert.Contains(text, Assert.Throws<T>(action).Message, StringComparison.Ordinal);

    private static ReplicaMemoryEvent Change(long timeUs, MemoryEvent change, long bytes) =>
        new(timeUs, change, new ReplicaId(new ExpertId(0, 0), 0), Device: 0, "gpu", bytes);

    private static Gen<List<(int What, int Which, int Also, int Elapsed)>> Steps(int most) => ResidencyGenerators.Steps(most);
}
