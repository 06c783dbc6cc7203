using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor.Tests;

public sealed class PredictorLoopTests : IDisposable
{
    private readonly PredictorStory _story = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _story.Dispose();

    [Fact]
    public async Task Step_FewWindows_ServesTheMeanOfEightAndSaysSo()
    {
        ForecastDocument? forecast = await _story.SeeAsync(new TopicWindows(1), 12);
        Assert.Equal("mean-of-8", forecast!.Predictor);
        Assert.Equal("12 windows were seen, the first fit needs 32", forecast.Reason);
        Assert.Equal((12, 12), (forecast.Version, forecast.WindowVersion));
    }

    [Fact]
    public async Task Step_NewWindow_PublishesTheVersionThatStateHolds()
    {
        using IEventSubscription forecasts = _story.Bus.Subscribe(EventTopics.ExpertForecast);
        ForecastDocument? forecast = await _story.SeeAsync(new TopicWindows(1).Next());
        Assert.Equal(new VersionEvent("regression", 1), await forecasts.Events.ReadAsync(Cancel));
        ForecastDocument? stored = await new ForecastStore(_story.State).ReadAsync(Cancel);
        Assert.Equal(forecast!.Loads, stored!.Loads);
        Assert.Equal(800, TopicWindows.Shape.Layer<float>(stored.Loads, 0).ToArray().Sum(), 0);
    }

    [Fact]
    public async Task Step_EnoughWindows_ARegressionServesAndIsKept()
    {
        ForecastDocument? forecast = await _story.SeeAsync(new TopicWindows(1), 60);
        Assert.Contains(forecast!.Predictor, (string[])["linear", "lightgbm"]);
        Assert.StartsWith("best of 3 on the newest", forecast.Reason, StringComparison.Ordinal);
        Assert.NotNull(await _story.State.GetAsync(StateKeys.Predictor("regression"), Cancel));
    }

    [Fact]
    public async Task Restart_FittedPredictor_ServesAtOnceAndVersionsGoOn()
    {
        TopicWindows windows = new(1);
        ForecastDocument? before = await _story.SeeAsync(windows, 60);
        _story.Restart();
        ForecastDocument? after = await _story.SeeAsync(windows.Next());
        Assert.Equal(before!.Predictor, after!.Predictor);
        Assert.StartsWith("fitted before the restart", after.Reason, StringComparison.Ordinal);
        Assert.Equal(before.Version + 1, after.Version);
        Assert.Equal(61, after.WindowVersion);
    }

    [Theory]
    [InlineData(0, "no fitted predictor")]
    [InlineData(3, "no fitted predictor")]
    [InlineData(200, "is damaged")]
    public async Task Restart_BrokenPredictor_IsRefusedByNameAndSmoothingServes(int kept, string expected)
    {
        TopicWindows windows = new(1);
        await _story.SeeAsync(windows, 40);
        StateEntry? entry = await _story.State.GetAsync(StateKeys.Predictor("regression"), Cancel);
        await _story.State.SetAsync(StateKeys.Predictor("regression"), entry!.Value[..kept], Cancel);
        _story.Restart();
        ForecastDocument? forecast = await _story.SeeAsync(windows.Next());
        Assert.Equal("smoothing", forecast!.Predictor);
        Assert.Contains(_story.Logged, line => line.Contains("predictor/regression", StringComparison.Ordinal)
            && line.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Step_OtherModel_BeginsAnew()
    {
        await _story.SeeAsync(new TopicWindows(1), 40);
        LoadWindow other = new TopicWindows(2, new LayerShape(2, 4)) { Model = "other-moe" }.Next() with { Version = 41 };
        ForecastDocument? forecast = await _story.SeeAsync(other);
        Assert.Equal(("other-moe", "mean-of-8"), (forecast!.Model, forecast.Predictor));
        Assert.Equal(8, forecast.Loads.Length);
    }

    /// <summary>Events only wake: repeated, reordered, wild ones find nothing new in state.</summary>
    [Fact]
    public async Task Step_EventsWithoutNewWindows_ChangeNothing()
    {
        await _story.SeeAsync(new TopicWindows(1), 5);
        foreach (long version in (long[])[1, 5, 4, 5, 6, 7_000_000, long.MaxValue])
        {
            await _story.Bus.PublishAsync(EventTopics.ExpertLoad, new VersionEvent("nobody", version), Cancel);
            Assert.Null(await _story.Loop.StepAsync(Cancel));
        }

        Assert.Equal(5, (await new ForecastStore(_story.State).ReadAsync(Cancel))!.Version);
    }

    [Fact]
    public async Task Step_BrokenWindow_IsSkippedAndSaid()
    {
        TopicWindows windows = new(1);
        await _story.SeeAsync(windows, 5);
        LoadWindow lost = windows.Next();
        await _story.State.SetAsync(StateKeys.Window("gateway", (int)lost.Version), new byte[] { 1, 2, 3 }, Cancel);
        Assert.Null(await _story.Loop.StepAsync(Cancel));
        ForecastDocument? forecast = await _story.SeeAsync(windows.Next());
        Assert.Equal(7, forecast!.WindowVersion);
        Assert.Contains("1 places of the window log hold no window; they are skipped.", _story.Logged);
    }
}
