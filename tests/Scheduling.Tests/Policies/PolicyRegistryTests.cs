namespace DaprMoE.Scheduling.Tests;

public sealed class PolicyRegistryTests
{
    private static readonly TimeModel Roofline = new(TimeShape.Roofline, 1e-6, 100e-6, 10e-6);

    public static TheoryData<string> Names => [.. PolicyRegistry.Names];

    [Fact]
    public void Names_AllPolicies_AreRegisteredUnderTheirNames()
    {
        Assert.Equal(["auto", "capacity-oracle", "eplb", "moeless", "static"], PolicyRegistry.Names);
        Assert.All(PolicyRegistry.Names, name => Assert.Equal(name, PolicyRegistry.Create(name).Name));
    }

    [Theory]
    [InlineData("static", "even", true)]
    [InlineData("eplb", "even", true)]
    [InlineData("moeless", "even-crossover", true)]
    [InlineData("auto", "balanced-crossover", true)]
    [InlineData("capacity-oracle", "even", false)]
    public void Traits_Policy_NamesItsSplitRule(string name, string rule, bool live)
    {
        PolicyTraits traits = PolicyRegistry.Create(name).Traits;
        Assert.Equal(rule, SplitRules.Get(traits.SplitRule).Name);
        Assert.Equal(live, traits.Live);
        Assert.Equal(!live, traits.Lossy);
    }

    [Fact]
    public void Create_UnknownName_ListsTheNames()
    {
        SchedulingException error = Assert.Throws<SchedulingException>(() => PolicyRegistry.Create("magic"));
        Assert.Equal(SchedulingError.UnknownName, error.Error);
        Assert.Contains("'magic'", error.Message, StringComparison.Ordinal);
        Assert.All(PolicyRegistry.Names, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void CreateState_BadSetup_IsNamed(string name)
    {
        IPolicy policy = PolicyRegistry.Create(name);
        PolicySetup good = new(Layers: 2, Experts: 8, TopK: 2, Devices: 2, ExpertBytes: 10, Roofline);
        AssertRefused(SchedulingError.NoExperts, policy, good with { Experts = 0 });
        AssertRefused(SchedulingError.NoDevices, policy, good with { Devices = 0 });
        AssertRefused(SchedulingError.BadTopK, policy, good with { TopK = 9 });
        AssertRefused(SchedulingError.BadTopK, policy, good with { TopK = 0 });
        AssertRefused(SchedulingError.BadShape, policy, good with { Layers = 0 });
        AssertRefused(SchedulingError.BadExpertBytes, policy, good with { ExpertBytes = 0 });
        AssertRefused(SchedulingError.BadModel, policy, good with { Time = Roofline with { WeightSeconds = double.NaN } });
        AssertRefused(SchedulingError.BadModel, policy, good with { Time = Roofline with { SecondsPerToken = -1 } });
        AssertRefused(SchedulingError.BadModel, policy, good with { Time = Roofline with { Shape = (TimeShape)7 } });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decide_BadInput_IsNamed(string name)
    {
        AssertRefused(SchedulingError.BadLoad, "expert 1 is NaN", name, bench => bench.Forecast = [1, double.NaN, 1, 1, 1, 1, 1, 1]);
        AssertRefused(SchedulingError.BadLoad, "expert 2 is -3", name, bench => bench.Forecast = [1, 1, -3, 1, 1, 1, 1, 1]);
        AssertRefused(SchedulingError.LengthMismatch, "3 forecast loads", name, bench => bench.Forecast = [1, 1, 1]);
        AssertRefused(SchedulingError.LengthMismatch, "1 slot counts", name, bench => bench.Slots = [9]);
        AssertRefused(SchedulingError.BadSlots, "Device 1 has -1", name, bench => bench.Slots = [1, -1, 1, 1]);
        PolicyBench layers = new(name);
        Assert.Equal(SchedulingError.BadShape, Assert.Throws<SchedulingException>(() => layers.Decide(layer: 2)).Error);
    }

    [Fact]
    public void Add_BadLoadsToHistory_AreNamed()
    {
        LoadHistory history = new(experts: 2, capacity: 2);
        SchedulingException error = Assert.Throws<SchedulingException>(() => history.Add([1, double.NaN]));
        Assert.Contains("expert 1 is NaN", error.Message, StringComparison.Ordinal);
        Assert.Equal(SchedulingError.LengthMismatch, Assert.Throws<SchedulingException>(() => history.Add([1])).Error);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decide_StateOfAnotherPolicy_IsRefused(string name)
    {
        string other = name is "static" or "capacity-oracle" ? "auto" : "static";
        PolicyState state = PolicyRegistry.Create(other).CreateState(new PolicySetup(1, 2, 1, 1, 1, Roofline));
        Assert.Throws<ArgumentException>(() => PolicyRegistry.Create(name).Decide(
            state, new PolicyInput { Layer = 0, Slots = [2] }, TimeSpan.Zero, new LayerPlan(2, 1)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decide_PlanIsThePreviousPlan_IsRefused(string name)
    {
        IPolicy policy = PolicyRegistry.Create(name);
        PolicyState state = policy.CreateState(new PolicySetup(1, 2, 1, 1, 1, Roofline));
        LayerPlan plan = new(2, 1);
        Assert.Throws<ArgumentException>(() => policy.Decide(
            state, new PolicyInput { Layer = 0, Slots = [4], Previous = plan }, TimeSpan.Zero, plan));
    }

    [Fact]
    public void Name_EveryReason_IsKebabCase()
    {
        string[] names = [.. Enum.GetValues<PlanReason>().Select(reason => reason.Name())];
        Assert.Equal(
            [
                "static", "no-load", "balanced", "cap", "replica-limit", "indivisible", "no-room", "unchanged", "hysteresis", "replanned",
            ],
            names);
        Assert.Throws<ArgumentOutOfRangeException>(() => ((PlanReason)99).Name());
    }

    private static void AssertRefused(SchedulingError error, IPolicy policy, PolicySetup setup) =>
        Assert.Equal(error, Assert.Throws<SchedulingException>(() => policy.CreateState(setup)).Error);

    private static void AssertRefused(SchedulingError error, string text, string name, Action<PolicyBench> spoil)
    {
        PolicyBench bench = new(name);
        spoil(bench);
        SchedulingException refused = Assert.Throws<SchedulingException>(() => bench.Decide());
        Assert.Equal(error, refused.Error);
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }
}
