using CsCheck;

namespace DaprMoE.Scheduling.Tests;

/// <summary>What policies do where one copy of each expert does not fit.</summary>
public sealed class TooLittleRoomTests
{
    private const int Experts = 8;
    private const int Devices = 4;
    private const int Decisions = 3;

    private static readonly Gen<(double[][] Loads, int[] Slots)> Traffic =
        Gen.Select(Gen.Int[0, 500].Select(tokens => (double)tokens).Array[Experts].Array[Decisions], Gen.Int[0, 3].Array[Devices])
            .Where(traffic => traffic.Item2.Sum() < Experts);

    [Theory]
    [InlineData("moeless")]
    [InlineData("auto")]
    public void Decide_FewerSlotsThanExperts_FillsThemWithDifferentExperts(string name) => Traffic.Sample(
        traffic =>
        {
            PolicyBench bench = new(name, Experts, Devices) { Slots = traffic.Slots };
            for (int step = 0; step < Decisions; step++)
            {
                bench.Forecast = traffic.Loads[step];
                bench.History.Add(traffic.Loads[step]);

                PlanReason reason = bench.Decide(seconds: step * 60);

                Assert.Equal(PlanReason.NoRoom, reason);
                Assert.Equal(traffic.Slots.Sum(), bench.Plan.Count);
                Assert.All(Enumerable.Range(0, Devices), device => Assert.InRange(bench.Plan.CountOn(device), 0, traffic.Slots[device]));
                Assert.All(Enumerable.Range(0, Experts), expert => Assert.InRange(bench.Plan.CountOf(expert), 0, 1));
                Assert.Equal(Experts - traffic.Slots.Sum(), bench.Trace.Unplaced);
            }
        },
        iter: 200);

    [Theory]
    [InlineData("moeless")]
    [InlineData("auto")]
    public void Decide_FirstPlan_LeavesOutTheLeastUsed(string name) => Traffic.Sample(
        traffic =>
        {
            PolicyBench bench = new(name, Experts, Devices) { Slots = traffic.Slots, Forecast = traffic.Loads[0] };
            bench.History.Add(traffic.Loads[0]);
            bench.Decide();

            double[] loads = traffic.Loads[0];
            ILookup<bool, double> byPlace = Enumerable.Range(0, Experts).ToLookup(e => bench.Plan.CountOf(e) > 0, e => loads[e]);
            double least = byPlace[true].DefaultIfEmpty(double.PositiveInfinity).Min();
            Assert.True(least >= byPlace[false].Max(), $"{least} has a slot, {byPlace[false].Max()} has none");
        },
        iter: 200);

    [Theory]
    [InlineData("static")]
    [InlineData("capacity-oracle")]
    public void Decide_FixedHomes_StayAndSayNoRoom(string name) => Traffic.Sample(
        traffic =>
        {
            PolicyBench bench = new(name, Experts, Devices) { Slots = traffic.Slots, Forecast = traffic.Loads[0] };

            Assert.Equal(PlanReason.NoRoom, bench.Decide());
            Assert.Equal(Enumerable.Range(0, Experts), bench.Plan.Replicas.ToArray().Select(replica => replica.Expert));
            Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3], bench.Plan.Replicas.ToArray().Select(replica => replica.Device));
        },
        iter: 50);

    [Fact]
    public void Decide_Eplb_RefusesWithBothNumbers() => Traffic.Sample(
        traffic =>
        {
            PolicyBench bench = new("eplb", Experts, Devices) { Slots = traffic.Slots };
            bench.History.Add(traffic.Loads[0]);

            SchedulingException refused = Assert.Throws<SchedulingException>(() => bench.Decide());

            Assert.Equal(SchedulingError.TooFewReplicas, refused.Error);
            string numbers = $"room for {Devices * traffic.Slots.Min()} replicas and the layer has {Experts} experts";
            Assert.Contains(numbers, refused.Message, StringComparison.Ordinal);
        },
        iter: 50);
}
