using System.Diagnostics.Metrics;
using DaprMoE.Gateway;
using DaprMoE.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Cli.Tests;

/// <summary>
/// The server that <c>serve</c> composes, over the bundled model on four real devices and a clock that the test moves. What the engine would
/// have counted is published by the test.
/// </summary>
internal sealed class ComposedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly FakeTimeProvider _clock;
    private readonly WindowsSeen _seen;
    private readonly LoadWindowPublisher _publisher;

    private ComposedServer(WebApplication app, FakeTimeProvider clock, ServedModel model)
    {
        (_app, _clock, Model) = (app, clock, model);
        _seen = new WindowsSeen(app.Services.GetRequiredService<IMeterFactory>());
        _publisher = new LoadWindowPublisher(State, Bus, "gateway");
    }

    public ServedModel Model { get; }

    public IServiceProvider Services => _app.Services;

    public IStateStore State => _app.Services.GetRequiredService<IStateStore>();

    public IEventBus Bus => _app.Services.GetRequiredService<IEventBus>();

    /// <summary>The plan in force, as state has it.</summary>
    public PlanStore Plans => new(State);

    /// <summary>The plan that the gateway follows.</summary>
    public PlanDocument? Followed => _app.Services.GetRequiredService<CurrentPlan>().Current;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ComposedServer> StartAsync(string stateFile, FakeTimeProvider clock)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddServer(LocalModel.OpenAsync, Configure, stateFile);
        WebApplication app = builder.Build().MapGateway();
        await app.StartAsync(Cancel);
        ServedModel model = await app.Services.GetRequiredService<IServedModelSource>().WhenOpenAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        return new ComposedServer(app, clock, model);
    }

    /// <summary>Seconds of traffic: a window each, and what the loop makes of it.</summary>
    public async Task RunAsync(HotTraffic traffic, int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            long version = await _publisher.PublishAsync(next => traffic.Next(next, _clock.GetUtcNow()), Cancel);
            await UntilAsync(() => _seen.Newest >= version);
        }
    }

    /// <summary>Lets time pass until a rollout that is open has ended.</summary>
    public async Task SettleAsync()
    {
        RolloutStore rollouts = _app.Services.GetRequiredService<RolloutStore>();
        using CancellationTokenSource deadline = Deadline();
        while (await rollouts.ReadOpenAsync(deadline.Token) != 0)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(5, deadline.Token);
        }
    }

    /// <summary>Waits until something is so, while time stands still.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        using CancellationTokenSource deadline = Deadline();
        while (!isSo())
        {
            await Task.Delay(2, deadline.Token);
        }
    }

    /// <summary>Waits until something is so, while time passes.</summary>
    public async Task UntilInTimeAsync(Func<Task<bool>> isSo)
    {
        using CancellationTokenSource deadline = Deadline();
        while (!await isSo())
        {
            _clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(5, deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(Cancel);
        _seen.Dispose();
        await _app.DisposeAsync();
    }

    private static CancellationTokenSource Deadline()
    {
        CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        return deadline;
    }

    private static void Configure(GatewayOptions options)
    {
        options.Model = Repository.TinyMoe;
        options.Urls = "http://127.0.0.1:0";
        options.Threads = 1;
        options.Devices = 4;
        options.DeviceMemory = new ServiceDefaults.ByteSize(8 << 20);
        options.DrainSeconds = 0;
    }
}
