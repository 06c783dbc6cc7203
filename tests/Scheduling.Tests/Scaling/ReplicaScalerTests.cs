using CsCheck;

namespace DaprMoE.Scheduling.Tests;

public sealed class ReplicaScalerTests
{
    [Fact]
    public void Scale_AnyLoads_KeepsTheCapAndNeverRaisesTheStraggler()
    {
        ReplicaScaler used = new();
        Gen.Select(LayerGen.Loads, Gen.Int[0, 40], Gen.OneOf(0, 0.2, 1), Gen.OneOf(0, 1, 7.5)).Sample((loads, cap, threshold, least) =>
        {
            int[] replicas = new int[loads.Length];
            ScalingResult result = used.Scale(loads, new ScalingLimits(10, (cap * 10) + 9, threshold, least), replicas);
            Assert.Equal(cap, result.MaxExtra);
            Assert.Equal(result.Extra, replicas.Sum() - loads.Length);
            Assert.InRange(result.Extra, 0, cap);
            Assert.True(replicas.Min() >= 1);
            Assert.True(result.MaxAfter <= result.MaxBefore);
            Assert.Equal(loads.Select((load, e) => load / replicas[e]).Max(), result.MaxAfter);
            int[] again = new int[loads.Length];
            Assert.Equal(result, new ReplicaScaler().Scale(loads, new ScalingLimits(10, (cap * 10) + 9, threshold, least), again));
            Assert.Equal(replicas, again);
        }, threads: 1);
    }

    [Theory]
    [InlineData(1, 0.2)]
    [InlineData(0, 0.2)]
    [InlineData(0, 0)]
    public void Scale_HugeCap_EndsAtOnce(double minTokens, double threshold)
    {
        int[] replicas = new int[4];
        ScalingLimits limits = new(ExpertBytes: 1, CapBytes: 1_000_000_000_000, threshold, minTokens);
        ScalingResult result = new ReplicaScaler().Scale([9e15, 7e14, 1, 0], limits, replicas);
        Assert.InRange(result.Extra, 1, ReplicaScaler.MostExtra);
        Assert.InRange(LiteralReplicaScaler.Scale([9, 7, 1, 0], limits with { CapBytes = 100 }, replicas), 1, 100);
    }

    [Theory]
    [InlineData(double.NaN, "expert 1 is NaN")]
    [InlineData(double.PositiveInfinity, "expert 1 is Infinity")]
    [InlineData(-0.5, "expert 1 is -0.5")]
    public void Scale_BadLoad_NamesExpertValueAndWhatIsAllowed(double load, string text)
    {
        SchedulingException error = Assert.Throws<SchedulingException>(
            () => new ReplicaScaler().Scale([1, load], new ScalingLimits(1, 1, 0.2), new int[2]));
        Assert.Equal(SchedulingError.BadLoad, error.Error);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.Contains("0 or more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scale_ThresholdIsTheVariationItself_CountsAsBalanced()
    {
        ReplicaScaler used = new();
        Gen.Double[0.1, 1000].Array[2, 12].Sample(loads =>
        {
            double variation = LoadVariation.Of(loads);
            int[] replicas = new int[loads.Length];
            ScalingLimits limits = new(ExpertBytes: 1, CapBytes: 1, variation, MinTokens: 0);

            Assert.Equal(ScalingReason.Balanced, used.Scale(loads, limits, replicas).Reason);
            ScalingLimits below = limits with { Threshold = Math.BitDecrement(variation) };
            Assert.Equal(variation == 0 ? 0 : 1, used.Scale(loads, below, replicas).Extra);
        }, threads: 1);
    }

    [Theory]
    [InlineData(0, 1, 0.2, 2, SchedulingError.BadExpertBytes, "An expert of 0 bytes; its size is at least 1 byte")]
    [InlineData(1, -1, 0.2, 2, SchedulingError.BadCap, "A cap of -1 bytes on extra copies; give 0 bytes or more")]
    [InlineData(1, 1, double.NaN, 2, SchedulingError.BadThreshold, "A threshold of NaN on the variation of loads; give 0 or more")]
    [InlineData(1, 1, -0.5, 2, SchedulingError.BadThreshold, "A threshold of -0.5")]
    [InlineData(1, 1, 0.2, 3, SchedulingError.LengthMismatch, "3 replica counts for 2 experts")]
    public void Scale_BadLimits_AreNamed(long bytes, long cap, double threshold, int counts, SchedulingError error, string text)
    {
        SchedulingException refused = Assert.Throws<SchedulingException>(
            () => new ReplicaScaler().Scale([1, 2], new ScalingLimits(bytes, cap, threshold), new int[counts]));
        Assert.Equal(error, refused.Error);
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Literal_BadInput_IsNamed()
    {
        ScalingLimits limits = new(1, 1, 0.2);
        SchedulingException load = Assert.Throws<SchedulingException>(() => LiteralReplicaScaler.Scale([1, -1], limits, new int[2]));
        SchedulingException length = Assert.Throws<SchedulingException>(() => LiteralReplicaScaler.Scale([1, 2], limits, new int[3]));
        Assert.Equal(SchedulingError.BadLoad, load.Error);
        Assert.Equal(SchedulingError.LengthMismatch, length.Error);
        Assert.Contains("3 replica counts for 2 experts", length.Message, StringComparison.Ordinal);
    }
}
