using CsCheck;
using DaprMoE.Scheduling;

namespace DaprMoE.Simulation.Tests;

public sealed class LosslessBoundTests
{
    private static readonly ShapeTiming Timing = new(new TimeModel(TimeShape.Roofline, 1e-6, 100e-6, 10e-6), 0, 0);
    private static readonly ShapeTiming Linear = new(new TimeModel(TimeShape.Linear, 1e-6, 0, 0), 0, 0);

    [Theory]
    [InlineData(new[] { 80, 80, 80, 80 }, 4, 110)] // each device reads one expert
    [InlineData(new[] { 80, 80, 80, 80, 1 }, 4, 210)] // some device reads two
    [InlineData(new[] { 400, 0, 0, 0 }, 4, 110)] // divided by four
    [InlineData(new[] { 800, 0, 0, 0 }, 4, 210)]
    [InlineData(new[] { 0, 0, 0, 0 }, 4, 0)]
    public void Bound_OfSerialDevices_IsLeastWork(int[] loads, int devices, double microseconds) =>
        Assert.Equal(microseconds, new LosslessBound(Timing, DeviceOverlap.Device, devices).Of(loads, 100) * 1e6, 1e-9);

    [Theory]
    [InlineData(new[] { 90, 10 }, 2, 90)]
    [InlineData(new[] { 90, 10 }, 3, 45)]
    [InlineData(new[] { 90, 10 }, 11, 10)]
    [InlineData(new[] { 90, 10 }, 1000, 1)]
    public void Bound_OfFreeReplicas_IsLeastLargestShare(int[] loads, int replicas, double microseconds) =>
        Assert.Equal(microseconds, new LosslessBound(Linear, DeviceOverlap.Replica, 8).Of(loads, replicas) * 1e6, 1e-9);

    [Fact]
    public void Bound_OfAnyLoads_IsNotAboveStatic()
    {
        const int Devices = 4;
        Gen.Int[0, 500].Array[8].Select(Gen.Bool, Gen.Bool).Sample((loads, isLinear, isReplica) =>
        {
            ShapeTiming timing = isLinear ? Linear : Timing;
            DeviceOverlap overlap = isReplica ? DeviceOverlap.Replica : DeviceOverlap.Device;
            LayerPlan plan = new(loads.Length, Devices);
            for (int expert = 0; expert < loads.Length; expert++)
            {
                plan.Add(expert, 0, expert / 2);
            }

            plan.Seal();
            double time = LayerTiming.Of<int>(plan, loads, timing.Replica, 0, overlap, new double[Devices], new double[Devices]).Total;
            return new LosslessBound(timing, overlap, Devices).Of(loads, loads.Length) <= time * (1 + 1e-12);
        });
    }

    [Theory]
    [InlineData("static")]
    [InlineData("eplb")]
    [InlineData("moeless")]
    [InlineData("auto")]
    public void Bound_OfCell_IsBelowEveryLosslessPolicy(string policy)
    {
        foreach (string tokens in (string[])["8", "512", "4096"])
        {
            foreach (DeviceOverlap overlap in Enum.GetValues<DeviceOverlap>())
            {
                foreach (TimeShape time in Enum.GetValues<TimeShape>())
                {
                    PolicyResult result =
                        Cells.Run(Cells.Of("phi-3.5-moe", tokens) with { Overlap = overlap, Time = time, ForecastAccuracy = 1 }, policy);
                    Assert.True(result.LosslessBound <= result.Layer.Mean, $"{tokens} tokens, {overlap}, {time}");
                }
            }
        }
    }
}
