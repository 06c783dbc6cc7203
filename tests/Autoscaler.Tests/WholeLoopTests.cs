using DaprMoE.Embedded;
using DaprMoE.LoadPredictor;
using DaprMoE.Ports;
using DaprMoE.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Autoscaler.Tests;

/// <summary>Predictor and autoscaler in one process, as an embedded server has them: a window goes in, a plan comes out.</summary>
public sealed class WholeLoopTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-loop-").FullName;
    private readonly FakeBox _box = new();
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The clock stands still: only events can have woken the services.</summary>
    [Fact]
    public async Task Windows_ByEventsAlone_BecomeForecastsAndAPlanMadeFromThem()
    {
        _box.Set(37, "host-0", "host-1", "host-2", "host-3");
        using IHost host = Build();
        IEventBus bus = host.Services.GetRequiredService<IEventBus>();
        IStateStore state = host.Services.GetRequiredService<IStateStore>();
        using IEventSubscription forecasts = bus.Subscribe(EventTopics.ExpertForecast);
        using IEventSubscription announced = bus.Subscribe(EventTopics.ExpertPlan);
        await host.StartAsync(Cancel);
        // The plan before any load; the next one is made from a forecast.
        await announced.Events.ReadAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        LoadWindowPublisher gateway = new(state, bus, "gateway");
        Traffic traffic = new(1);
        PlanStore plans = new(state);
        StoredPlan? plan = null;
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(25));
        while (plan is not { Plan.ForecastVersion: > 0 })
        {
            await gateway.PublishAsync(_ => traffic.Next(_clock.GetUtcNow()), deadline.Token);
            await forecasts.Events.ReadAsync(deadline.Token);
            // The autoscaler looks on a thread of its own; windows that come faster than its looks would be one round.
            await Task.Delay(10, deadline.Token);
            plan = await plans.ReadAsync(deadline.Token);
        }

        Assert.Equal("moeless", plan.Plan.Policy);
        Assert.InRange(plan.Plan.WindowVersion, PolicyDefaults.WindowsPerPlan, long.MaxValue);
        await host.StopAsync(Cancel);
    }

    private IHost Build()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddSingleton<IPlanningBoxSource>(_box);
        builder.Services.AddSingleton<IEventBus, ChannelEventBus>();
        builder.Services.AddSingleton<IStateStore>(_ => SqliteStateStore.Open(Path.Combine(_folder, "state.db")));
        builder.AddLoadPredictor();
        builder.AddAutoscaler(options => options.Policy = "moeless");
        return builder.Build();
    }
}
