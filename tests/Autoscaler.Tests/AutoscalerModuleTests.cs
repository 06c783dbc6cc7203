using DaprMoE.Embedded;
using DaprMoE.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Autoscaler.Tests;

/// <summary>The service as a process composes it.</summary>
public sealed class AutoscalerModuleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-autoscaler-").FullName;
    private readonly FakeBox _box = new();
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Service_HostThatAppears_IsPlannedForAtTheNextPollOrEvent()
    {
        using IHost host = Build();
        IEventBus bus = host.Services.GetRequiredService<IEventBus>();
        using IEventSubscription plans = bus.Subscribe(EventTopics.ExpertPlan);
        await host.StartAsync(Cancel);
        _box.Set(37, "host-0");
        // No event says so: the poll of two seconds finds it.
        await UntilAsync(() => plans.Events.TryPeek(out _), () => _clock.Advance(TimeSpan.FromSeconds(2)));
        Assert.Equal(1, (await plans.Events.ReadAsync(Cancel)).Version);
        _box.Set(37, "host-0", "host-1");
        await UntilAsync(
            () => plans.Events.TryPeek(out _),
            () => bus.PublishAsync(EventTopics.ExpertForecast, new VersionEvent("test", 1), Cancel).AsTask().GetAwaiter().GetResult());
        Assert.Equal(2, (await plans.Events.ReadAsync(Cancel)).Version);
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task Start_UnknownPolicy_NamesTheSetting()
    {
        using IHost host = Build(options => options.Policy = "best");
        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancel));
        Assert.Contains("Autoscaler:Policy is 'best'", error.Message, StringComparison.Ordinal);
    }

    private IHost Build(Action<AutoscalerOptions>? configure = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddSingleton<IPlanningBoxSource>(_box);
        builder.Services.AddSingleton<IEventBus, ChannelEventBus>();
        builder.Services.AddSingleton<IStateStore>(_ => SqliteStateStore.Open(Path.Combine(_folder, "state.db")));
        builder.AddAutoscaler(configure);
        return builder.Build();
    }

    /// <summary>Nudges until something is so; the service runs on threads of its own.</summary>
    private static async Task UntilAsync(Func<bool> isSo, Action nudge)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        while (!isSo())
        {
            deadline.Token.ThrowIfCancellationRequested();
            nudge();
            await Task.Delay(5, deadline.Token);
        }
    }
}
