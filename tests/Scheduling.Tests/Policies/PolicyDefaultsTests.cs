namespace DaprMoE.Scheduling.Tests;

/// <summary>The documented defaults; to change one is a decision, not an accident.</summary>
public sealed class PolicyDefaultsTests
{
    [Fact]
    public void Defaults_Documented_AreThese()
    {
        PolicyOptions options = new();
        Assert.Equal(1, PolicyDefaults.ForecastDistance);
        Assert.Equal(0.80, PolicyDefaults.TrainBelowAccuracy);
        Assert.Equal(TimeSpan.FromSeconds(1), PolicyDefaults.LoadWindow);
        Assert.Equal(5, PolicyDefaults.WindowsPerPlan);
        Assert.Equal(TimeSpan.FromSeconds(2), PolicyDefaults.ShortestKeepAlive);
        Assert.Equal(TimeSpan.FromMinutes(10), PolicyDefaults.LongestKeepAlive);
        Assert.Equal(0.2, options.Moeless.Threshold);
        Assert.Null(options.Moeless.MinTokens);
        Assert.Null(options.Moeless.MaxExtra);
        Assert.Null(options.Moeless.MaxPerExpert);
        Assert.False(options.Moeless.Spread);
        Assert.True(options.Moeless.WarmFirst);
        Assert.Equal(TimeSpan.FromMinutes(10), options.Eplb.Interval);
        Assert.Equal((4, null, 1, 1), (options.Eplb.HistorySamples, options.Eplb.Slots, options.Eplb.Groups, options.Eplb.Nodes));
        AutoOptions auto = options.Auto;
        Assert.Equal((32, 0.12, 0.02, null), (auto.HistorySamples, auto.Theta, auto.Hysteresis, auto.MaxExtra));
        Assert.Equal(1.0, auto.MaxResidency);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Auto.Interval);
    }

    [Theory]
    [InlineData(8, 8, 16)]
    [InlineData(16, 8, 24)]
    [InlineData(64, 8, 96)]
    [InlineData(128, 8, 192)]
    [InlineData(8, 4, 12)]
    [InlineData(20, 8, 28)]
    [InlineData(40, 16, 56)]
    [InlineData(3, 1, 5)]
    public void EplbSlots_Shape_IsHalfAgainRoundedByDevice(int experts, int devices, int slots) =>
        Assert.Equal(slots, PolicyDefaults.EplbSlots(experts, devices));

    [Theory]
    [InlineData(8, 4)]
    [InlineData(7, 3)]
    [InlineData(1, 0)]
    public void MaxExtra_Experts_IsHalfRoundedDown(int experts, int extra) => Assert.Equal(extra, PolicyDefaults.MaxExtra(experts));

    [Theory]
    [InlineData("moeless.threshold")]
    [InlineData("moeless.min-tokens")]
    [InlineData("moeless.max-extra")]
    [InlineData("moeless.max-per-expert")]
    [InlineData("eplb.interval")]
    [InlineData("eplb.history-samples")]
    [InlineData("eplb.slots")]
    [InlineData("auto.theta")]
    [InlineData("auto.hysteresis")]
    [InlineData("auto.history-samples")]
    [InlineData("auto.interval")]
    [InlineData("auto.max-residency")]
    [InlineData("auto.max-extra")]
    public void Create_OptionOutOfRange_IsNamed(string option)
    {
        PolicyOptions options = new()
        {
            Moeless = option switch
            {
                "moeless.threshold" => new MoelessOptions { Threshold = double.NaN },
                "moeless.min-tokens" => new MoelessOptions { MinTokens = -1 },
                "moeless.max-extra" => new MoelessOptions { MaxExtra = -1 },
                "moeless.max-per-expert" => new MoelessOptions { MaxPerExpert = 0 },
                _ => new MoelessOptions(),
            },
            Eplb = option switch
            {
                "eplb.interval" => new EplbOptions { Interval = TimeSpan.FromSeconds(-1) },
                "eplb.history-samples" => new EplbOptions { HistorySamples = 0 },
                "eplb.slots" => new EplbOptions { Slots = 0 },
                _ => new EplbOptions(),
            },
            Auto = option switch
            {
                "auto.theta" => new AutoOptions { Theta = double.PositiveInfinity },
                "auto.hysteresis" => new AutoOptions { Hysteresis = -0.1 },
                "auto.history-samples" => new AutoOptions { HistorySamples = 0 },
                "auto.interval" => new AutoOptions { Interval = TimeSpan.FromSeconds(-1) },
                "auto.max-residency" => new AutoOptions { MaxResidency = double.NaN },
                "auto.max-extra" => new AutoOptions { MaxExtra = -1 },
                _ => new AutoOptions(),
            },
        };
        SchedulingException error = Assert.Throws<SchedulingException>(() => PolicyRegistry.Create(option.Split('.')[0], options));
        Assert.Equal(SchedulingError.BadOption, error.Error);
        Assert.Contains(option, error.Message, StringComparison.Ordinal);
    }
}
