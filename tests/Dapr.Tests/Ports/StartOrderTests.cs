using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using DaprMoE.Ports;

namespace DaprMoE.Dapr.Tests;

/// <summary>App and sidecar in any order, with tokens in both directions.</summary>
[Collection(SharedPorts.Name)]
public sealed class StartOrderTests(SidecarPorts ports)
{
    private const string ShortLived = "short-lived";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_AppFirst_TheSidecarIsWaitedForAndFoundAgainAfterAKill()
    {
        SidecarSettings settings = Settings();
        using Sidecar sidecar = new(ports.ControlPlane, settings);
        sidecar.Process.Kill();
        await using TestService service = await StartAsync(sidecar);
        using IEventSubscription events = service.Bus.Subscribe(EventTopics.ExpertPlan);
        Assert.Contains(sidecar.HttpPort, service.Health.Fault, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StateStoreException>(async () => await service.State.GetAsync(StateKeys.Plan, Cancel));
        await service.Bus.PublishAsync(EventTopics.ExpertHost, new("lost", 1), Cancel);
        for (int start = 0; start < 2; start++)
        {
            sidecar.StartAgain();
            await Until.TrueAsync(() => service.Health.Fault is null, () => sidecar.Process.Output);
            await AssertWorksAsync(service, events, $"start-{start}");
            sidecar.Process.Kill();
            await PublishShortLivedAsync();
            await Until.TrueAsync(() => service.Health.Fault is not null, () => "The killed sidecar is not missed.");
        }
    }

    [Fact]
    public async Task Start_SidecarFirstWithTokens_BothAskForThem()
    {
        SidecarSettings settings = Settings() with { ApiToken = "of the sidecar", AppToken = "of the app" };
        using Sidecar sidecar = await ports.ControlPlane.StartSidecarAsync(settings);
        await using TestService service = await StartAsync(sidecar);
        using IEventSubscription events = service.Bus.Subscribe(EventTopics.ExpertPlan);
        await AssertWorksAsync(service, events, "tokens");
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync($"{sidecar.Address}/v1.0/state/statestore/plan"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync($"http://127.0.0.1:{settings.AppPort}/dapr/subscribe"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync($"http://127.0.0.1:{settings.AppPort}/dapr/subscribe", "of the sidecar"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync($"http://127.0.0.1:{settings.AppPort}/dapr/subscribe", "of the app"));
    }

    private static Task<TestService> StartAsync(Sidecar sidecar) => TestService.StartAsync(sidecar, [EventTopics.ExpertPlan]);

    /// <summary>Returns when the event's life is over; a sidecar that starts now reads the topic from its start.</summary>
    private async Task PublishShortLivedAsync()
    {
        long began = Stopwatch.GetTimestamp();
        using HttpClient http = new();
        using HttpResponseMessage response = await http.PostAsJsonAsync(
            new Uri($"{ports.Sidecars[0].Address}/v1.0/publish/pubsub/{EventTopics.ExpertPlan}?metadata.ttlInSeconds=1"),
            new { source = ShortLived, version = 1 },
            Cancel);
        Assert.True(response.IsSuccessStatusCode);
        await Until.TrueAsync(() => Stopwatch.GetElapsedTime(began).TotalSeconds > 2, () => "Time stands still.");
    }

    private async Task AssertWorksAsync(TestService service, IEventSubscription events, string name)
    {
        string key = $"bill/{name}-{Guid.NewGuid():N}";
        // The client connects again within two seconds.
        await Until.TrueAsync(() => TrySetAsync(service.State, key), () => "State can't be written.");
        Assert.Equal(1, (await service.State.GetAsync(key, Cancel))!.Value.Span[0]);
        await ports.Autoscaler.Bus.PublishAsync(EventTopics.ExpertPlan, new(name, 1), Cancel);
        Assert.Equal([1], await Received.FromAsync(events, name, 1, never: ShortLived));
    }

    private static async Task<bool> TrySetAsync(IStateStore state, string key)
    {
        try
        {
            await state.SetAsync(key, new byte[] { 1 }, Cancel);
            return true;
        }
        catch (StateStoreException)
        {
            return false;
        }
    }

    private static async Task<HttpStatusCode> AskAsync(string address, string? token = null)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(address));
        if (token is not null)
        {
            request.Headers.Add("dapr-api-token", token);
        }

        using HttpResponseMessage response = await http.SendAsync(request, Cancel);
        return response.StatusCode;
    }

    private SidecarSettings Settings()
    {
        ports.Require();
        return ProductResources.Settings(ports.ControlPlane, "expert-host", ports.Redis.Port);
    }
}
