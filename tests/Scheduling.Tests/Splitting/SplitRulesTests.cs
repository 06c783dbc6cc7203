using CsCheck;

namespace DaprMoE.Scheduling.Tests;

public sealed class SplitRulesTests
{
    private static readonly TimeModel Roofline = new(TimeShape.Roofline, 1e-6, 121e-6, 10e-6);

    public static TheoryData<string> Names => [.. SplitRules.Names];

    [Fact]
    public void Names_AllRules_AreTheDesigns() =>
        Assert.Equal(["balanced", "balanced-crossover", "even", "even-crossover"], SplitRules.Names);

    [Fact]
    public void Get_UnknownName_ListsTheNames()
    {
        SchedulingException error = Assert.Throws<SchedulingException>(() => SplitRules.Get("fair"));
        Assert.Equal(SchedulingError.UnknownName, error.Error);
        Assert.Contains("fair", error.Message, StringComparison.Ordinal);
        Assert.All(SplitRules.Names, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Split_AnyLayer_ConservesEveryToken(string name)
    {
        SplitResult result = new();
        LayerGen.SplitCases.Sample(layer =>
        {
            SplitRules.Get(name).Split(layer.Loads, layer.Plan, new SplitContext(Roofline), result);
            int[] devices = new int[layer.Plan.Devices];
            for (int e = 0; e < layer.Loads.Length; e++)
            {
                ReadOnlySpan<int> parts = result.Tokens.Slice(layer.Plan.FirstOf(e), layer.Plan.CountOf(e));
                Assert.Equal(layer.Loads[e], parts.ToArray().Sum());
                Assert.True(parts.ToArray().Min() >= 0);
                for (int i = 0; i < parts.Length; i++)
                {
                    devices[layer.Plan.ReplicasOf(e)[i].Device] += parts[i];
                }
            }

            Assert.Equal(devices, result.DeviceTokens.ToArray());
            Assert.Equal(devices.Max(), result.MaxDeviceTokens);
            Assert.Equal(0, result.Unserved);
        }, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Split_SameLayerInUsedBuffers_GivesTheSame(string name)
    {
        SplitResult used = new();
        LayerGen.SplitCases.Sample(layer =>
        {
            SplitResult fresh = new();
            SplitRules.Get(name).Split(layer.Loads, layer.Plan, new SplitContext(Roofline), used);
            SplitRules.Get(name).Split(layer.Loads, layer.Plan, new SplitContext(Roofline), fresh);
            Assert.Equal(fresh.Tokens.ToArray(), used.Tokens.ToArray());
        }, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Split_ExpertWithoutReplica_IsCountedNotServed(string name)
    {
        SplitResult result = new();
        LayerPlan plan = LayerGen.Plan([[0], [], [1]], devices: 2);
        SplitRules.Get(name).Split([4, 7, 2], plan, new SplitContext(Roofline), result);
        Assert.Equal(7, result.Unserved);
        Assert.Equal([4, 2], result.DeviceTokens.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Split_BadLoads_NameTheExpertAndTheValue(string name)
    {
        LayerPlan plan = LayerGen.Plan([[0], [0]], devices: 1);
        ISplitRule rule = SplitRules.Get(name);
        SchedulingException negative = Assert.Throws<SchedulingException>(() => rule.Split([3, -2], plan, default, new SplitResult()));
        Assert.Equal(SchedulingError.BadLoad, negative.Error);
        Assert.Contains("expert 1 is -2", negative.Message, StringComparison.Ordinal);
        SchedulingException length = Assert.Throws<SchedulingException>(() => rule.Split([3], plan, default, new SplitResult()));
        Assert.Equal(SchedulingError.LengthMismatch, length.Error);
        SchedulingException many = Assert.Throws<SchedulingException>(
            () => rule.Split([1 << 30, 1], plan, default, new SplitResult()));
        Assert.Equal(SchedulingError.BadLoad, many.Error);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Split_MostTokensOnManyDevices_EndsAtOnce(string name)
    {
        SplitResult result = new();
        int[] loads = [.. Enumerable.Repeat(1 << 25, 32)];
        LayerPlan plan = LayerGen.Plan([.. loads.Select((_, e) => new[] { e / 2 % 16, (e + 7) % 16, (e + 3) % 16 })], devices: 16);
        SplitRules.Get(name).Split(loads, plan, new SplitContext(Roofline), result);
        Assert.Equal(1 << 30, result.DeviceTokens.ToArray().Sum());
    }
}
