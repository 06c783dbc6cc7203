using DaprMoE.Embedded;
using DaprMoE.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.LoadPredictor.Tests;

/// <summary>The service as a process composes it.</summary>
public sealed class LoadPredictorModuleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-predictor-").FullName;
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Service_WindowWhoseEventWasLost_IsFoundAtTheNextPoll()
    {
        using IHost host = Build();
        IEventBus bus = host.Services.GetRequiredService<IEventBus>();
        using IEventSubscription forecasts = bus.Subscribe(EventTopics.ExpertForecast);
        await host.StartAsync(Cancel);
        LoadWindow window = new TopicWindows(1).Next();
        await new LoadWindowLog(host.Services.GetRequiredService<IStateStore>(), "gateway").WriteAsync(window, Cancel);
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        while (!forecasts.Events.TryPeek(out _))
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(5, deadline.Token);
        }

        Assert.Equal(new VersionEvent("regression", 1), await forecasts.Events.ReadAsync(Cancel));
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task Start_SettingsThatDoNotFit_AreAllNamed()
    {
        using IHost host = Build(options => (options.Windows, options.LeastWindows, options.Source) = (64, 100, "a b"));
        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancel));
        const string Least = "LoadPredictor:LeastWindows is 100; allowed: at most LoadPredictor:Windows, 64";
        Assert.Contains(Least, error.Message, StringComparison.Ordinal);
        Assert.Contains("LoadPredictor:Source is 'a b'", error.Message, StringComparison.Ordinal);
    }

    private IHost Build(Action<LoadPredictorOptions>? configure = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddSingleton<IEventBus, ChannelEventBus>();
        builder.Services.AddSingleton<IStateStore>(_ => SqliteStateStore.Open(Path.Combine(_folder, "state.db")));
        builder.AddLoadPredictor(configure);
        return builder.Build();
    }
}
