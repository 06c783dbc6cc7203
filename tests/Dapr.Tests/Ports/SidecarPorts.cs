using DaprMoE.Ports;
using DaprMoE.Sidecar;

namespace DaprMoE.Dapr.Tests;

/// <summary>For all tests of the ports: an autoscaler that publishes, two hosts of one app-id that receive, a sidecar for orchestrators.</summary>
public sealed class SidecarPorts(ControlPlane controlPlane, RedisServer redis) : IAsyncLifetime
{
    private readonly List<Sidecar> _sidecars = [];
    private readonly List<TestService> _services = [];

    internal TestService Autoscaler => _services[0];

    internal IReadOnlyList<TestService> Hosts => _services[1..];

    internal IReadOnlyList<Sidecar> Sidecars => _sidecars;

    /// <summary>Tests start its service. A killed sidecar's address stays known for half a minute, so there is one for all.</summary>
    internal Sidecar Orchestrator => _sidecars[3];

    internal RedisServer Redis => redis;

    internal ControlPlane ControlPlane => controlPlane;

    public async ValueTask InitializeAsync()
    {
        if (controlPlane.Runtime is null || !redis.IsThere)
        {
            return;
        }

        (string App, string[] Topics)[] apps =
        [
            ("autoscaler", [EventTopics.ExpertForecast]),
            ("expert-host", [EventTopics.ExpertPlan]),
            ("expert-host", [EventTopics.ExpertPlan]),
        ];
        _sidecars.AddRange(await Task.WhenAll(apps.Select(app => app.App).Append("orchestrator").Select(
            app => controlPlane.StartSidecarAsync(ProductResources.Settings(controlPlane, app, redis.Port)))));
        _services.AddRange(await Task.WhenAll(apps.Select((app, i) => TestService.StartAsync(
            _sidecars[i], app.Topics, builder => builder.Services.AddWorkflowsByInvocation()))));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (TestService service in _services)
        {
            await service.DisposeAsync();
        }

        _sidecars.ForEach(sidecar => sidecar.Dispose());
    }

    /// <summary>Skips the test where Dapr or Redis is missing.</summary>
    internal void Require()
    {
        DaprRuntime.Require(controlPlane.Runtime is not null);
        redis.Require();
    }
}
