using System.Net.Http.Json;
using DaprMoE.Autoscaler;
using DaprMoE.Autoscaler.Tests;
using DaprMoE.LoadPredictor;
using DaprMoE.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace DaprMoE.Dapr.Tests;

/// <summary>A gateway that publishes windows, the predictor as a process of its own, and an autoscaler, each on its sidecar.</summary>
internal sealed class SlowLoopStory : IAsyncDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);
    private readonly int _windowsPerPlan;
    private readonly Sidecar[] _sidecars;
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new();
    private readonly Traffic _traffic = new(1);
    private readonly TestService _gateway;
    private readonly Task _publishing;
    private ChildProcess _predictor;
    private TestService _autoscaler;

    private SlowLoopStory(int windowsPerPlan, Sidecar[] sidecars, TestService gateway, TestService autoscaler)
    {
        _windowsPerPlan = windowsPerPlan;
        (_sidecars, _gateway, _autoscaler) = (sidecars, gateway, autoscaler);
        _predictor = StartPredictor();
        _publishing = PublishAsync();
    }

    public TestService Autoscaler => _autoscaler;

    /// <param name="controlPlane">Starts the sidecars.</param>
    /// <param name="redisPort">Where Redis is; 0: nowhere.</param>
    /// <param name="components">The set of components.</param>
    /// <param name="windowsPerPlan">Windows between two plans; they come ten a second.</param>
    public static async Task<SlowLoopStory> StartAsync(ControlPlane controlPlane, int redisPort, string components, int windowsPerPlan)
    {
        string[] apps = ["gateway", "autoscaler", "load-predictor"];
        Sidecar[] sidecars = await Task.WhenAll(apps.Select(app => controlPlane.StartSidecarAsync(
            ProductResources.Settings(controlPlane, app, redisPort, components, $"loop-{components}"))));
        TestService gateway = await TestService.StartAsync(sidecars[0], [EventTopics.ExpertPlan]);
        return new SlowLoopStory(windowsPerPlan, sidecars, gateway, await StartAutoscalerAsync(sidecars[1], windowsPerPlan));
    }

    /// <summary>The load moves to other experts.</summary>
    public void Move(int hot) => _traffic.Hot = hot;

    /// <summary>Kills predictor and autoscaler, and starts them anew.</summary>
    public async Task RestartAsync()
    {
        _predictor.Dispose();
        await _autoscaler.DisposeAsync();
        _autoscaler = await StartAutoscalerAsync(_sidecars[1], _windowsPerPlan);
        _predictor = StartPredictor();
    }

    /// <summary>Until a plan made from a forecast gives the hottest expert of each layer more than one replica.</summary>
    public async Task<PlanDocument> PlannedAsync(int hot)
    {
        PlanStore plans = new(_gateway.State);
        PlanDocument? plan = null;
        await Until.TrueAsync(
            async () =>
            {
                plan = (await plans.ReadAsync(TestContext.Current.CancellationToken))?.Plan;
                return plan is { ForecastVersion: > 0 } && Enumerable.Range(0, plan.Layers.Count).All(
                    layer => Replicas(plan.Layers[layer], (hot + layer) % FakeBox.Shape.Experts) > 1);
            },
            () => $"{plan}\n{_predictor.Output}");
        return plan!;
    }

    public static int Replicas(PlanLayer layer, int expert) =>
        layer.Replicas.Where((held, i) => i % PlanLayer.Numbers == 0 && held == expert).Count();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _publishing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _gateway.DisposeAsync();
        await _autoscaler.DisposeAsync();
        _predictor.Dispose();
        _sidecars.ToList().ForEach(sidecar => sidecar.Dispose());
        _http.Dispose();
        _stop.Dispose();
    }

    private static Task<TestService> StartAutoscalerAsync(Sidecar sidecar, int windowsPerPlan) => TestService.StartAsync(
        sidecar,
        [EventTopics.ExpertForecast],
        builder =>
        {
            FakeBox box = new();
            box.Set(37, "host-0", "host-1", "host-2", "host-3");
            builder.Services.AddSingleton<IPlanningBoxSource>(box);
            builder.AddAutoscaler(options => (options.Policy, options.WindowsPerPlan) = ("moeless", windowsPerPlan));
        });

    private ChildProcess StartPredictor() => new(
        "dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, typeof(LoadPredictorOptions).Assembly.GetName().Name + ".dll"),
            $"--Sidecar:AppPort={_sidecars[2].Settings.AppPort}", $"--LoadPredictor:Urls=http://127.0.0.1:{FreePort.Next()}",
        ],
        ("DAPR_HTTP_PORT", _sidecars[2].HttpPort),
        ("DAPR_GRPC_PORT", _sidecars[2].GrpcPort));

    /// <summary>Two gateways' windows, and what a broker may make of their events: repeated, late, and none at all.</summary>
    private async Task PublishAsync()
    {
        LoadWindowPublisher publisher = new(_gateway.State, _gateway.Bus, "gateway");
        LoadWindowPublisher other = new(_gateway.State, _gateway.Bus, "gateway-2");
        Traffic elsewhere = new(2) { Hot = 11 };
        using PeriodicTimer timer = new(Window);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            long version = await publisher.PublishAsync(_ => _traffic.Next(TimeProvider.System.GetUtcNow()), _stop.Token);
            await other.PublishAsync(_ => elsewhere.Next(TimeProvider.System.GetUtcNow()), _stop.Token);
            await _gateway.Bus.PublishAsync(EventTopics.ExpertLoad, new("gateway", version), _stop.Token);
            await _gateway.Bus.PublishAsync(EventTopics.ExpertLoad, new("gateway", Math.Max(1, version - 3)), _stop.Token);
            using HttpResponseMessage junk = await _http.PostAsJsonAsync(
                new Uri($"{_sidecars[0].Address}/v1.0/publish/pubsub/{EventTopics.ExpertLoad}"), new { version = "none" }, _stop.Token);
        }
    }
}
