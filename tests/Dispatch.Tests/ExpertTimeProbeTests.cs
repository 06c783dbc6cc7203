using DaprMoE.Ports;
using DaprMoE.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Dispatch.Tests;

public sealed class ExpertTimeProbeTests
{
    private const int Hidden = 8;

    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Measure_KnownDevice_FindsItsTimes(bool reports)
    {
        TimeModel device = new(TimeShape.Roofline, SecondsPerToken: 5e-6, WeightSeconds: 100e-6, CallSeconds: 50e-6);
        TimeModel measured = Measure(device, experts: 16, reports)!.Value;
        Assert.Equal(5e-6, measured.SecondsPerToken, 1e-12);
        Assert.Equal(100e-6, measured.WeightSeconds, 1e-12);
        Assert.Equal(50e-6, measured.CallSeconds, 1e-12);
        Assert.Equal(20, measured.Crossover, 1e-6);
    }

    [Fact]
    public void Measure_OneExpert_IsMeasuredAlone()
    {
        TimeModel measured = Measure(new(TimeShape.Roofline, 5e-6, 100e-6, 50e-6), experts: 1)!.Value;
        Assert.Equal((5e-6, 100e-6, 50e-6), (Math.Round(measured.SecondsPerToken, 9), measured.WeightSeconds, Math.Round(measured.CallSeconds, 9)));
    }

    [Fact]
    public void Measure_LargeExperts_KeepsToItsBudgetAndLosesLittle()
    {
        // Reading one takes 7 ms, a token 0.6 ms: 48 rows of four of them would take 115 ms, seven times over.
        long start = _clock.GetTimestamp();
        TimeModel measured = Measure(new(TimeShape.Roofline, 0.6e-3, 7e-3, 0), experts: 8)!.Value;
        Assert.InRange(measured.Crossover, 11, 13);
        Assert.InRange(_clock.GetElapsedTime(start).TotalMilliseconds, 0, 100);
    }

    /// <summary>A busy machine holds up longer calls more often.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(-0.35)]
    public void Measure_LargerCallsDisturbed_TakesTheCallOfOneForTheWeights(double milliseconds)
    {
        TimedDevices devices = new(new(TimeShape.Roofline, 5e-6, 100e-6, 0), _clock) { Disturbance = TimeSpan.FromMilliseconds(milliseconds) };
        TimeModel measured = new ExpertTimeProbe(_clock).Measure(devices, RoutingTable.Static([8], devices: 1), layer: 0, Hidden)!.Value;
        Assert.Equal(100e-6, measured.WeightSeconds, 1e-12);
        Assert.Equal(20, measured.Crossover, 1e-6);
    }

    [Fact]
    public void Measure_ManyExperts_LoadsFewOfThem()
    {
        TimedDevices devices = new(new(TimeShape.Roofline, 5e-6, 100e-6, 0), _clock);
        RoutingTable table = RoutingTable.Static([0, 64], devices: 2);
        Assert.NotNull(new ExpertTimeProbe(_clock).Measure(devices, table, layer: 1, Hidden));
        Assert.Equal(12, devices.Called.Count);
        Assert.All(devices.Called, call => Assert.Equal(0, call.Device));
    }

    [Theory]
    [InlineData(CallOutcome.DeviceLost)]
    [InlineData(CallOutcome.Refused)]
    public void Measure_DeviceThatFails_IsNull(CallOutcome outcome)
    {
        TimedDevices devices = new(new(TimeShape.Roofline, 5e-6, 100e-6, 0), _clock) { Outcome = outcome };
        Assert.Null(new ExpertTimeProbe(_clock).Measure(devices, RoutingTable.Static([4], devices: 1), layer: 0, Hidden));
    }

    [Fact]
    public void Measure_NoDeviceAlive_IsNull() =>
        Assert.Null(new ExpertTimeProbe(_clock).Measure(new SilentDevices(), RoutingTable.Static([4], devices: 2, alive: []), layer: 0, Hidden));

    [Fact]
    public void Measure_OneRowTakesLongerThanTheBudget_IsNull() =>
        Assert.Null(Measure(new(TimeShape.Roofline, 5e-3, 50e-3, 0), experts: 4));

    [Fact]
    public void Measure_ClockThatStandsStill_IsNullAndEnds() =>
        Assert.Null(new ExpertTimeProbe(_clock).Measure(new SilentDevices(), RoutingTable.Static([4], devices: 2), layer: 0, Hidden));

    [Fact]
    public void Assumed_Expert_IsTheSameEachTime()
    {
        TimeModel model = ExpertTimeProbe.Assumed(expertBytes: 2 * 1_000_000, flopsPerToken: 2 * 1_000_000);
        Assert.Equal(10, model.Crossover, 1e-9);
    }

    private TimeModel? Measure(TimeModel device, int experts, bool reports = true)
    {
        TimedDevices devices = new(device, _clock) { Reports = reports };
        return new ExpertTimeProbe(_clock).Measure(devices, RoutingTable.Static([experts], devices: 1), layer: 0, Hidden);
    }
}
