namespace DaprMoE.Dapr.Tests;

/// <summary>Two services whose sidecars have the components for several machines.</summary>
public sealed class PostgresState(ControlPlane controlPlane, RedisServer redis) : IAsyncLifetime
{
    private readonly PostgresServer _server = new();
    private readonly List<Sidecar> _sidecars = [];
    private readonly List<TestService> _services = [];

    internal IReadOnlyList<TestService> Services => _services;

    public async ValueTask InitializeAsync()
    {
        if (controlPlane.Runtime is null || !redis.IsThere)
        {
            return;
        }

        await _server.InitializeAsync();
        if (!_server.IsThere)
        {
            return;
        }

        foreach (string app in (string[])["autoscaler", "load-predictor"])
        {
            SidecarSettings settings = ProductResources.Settings(controlPlane, app, redis.Port, "postgres") with
            {
                Environment = [("DAPRMOE_POSTGRES", _server.ConnectionString), ("REDIS_PASSWORD", "")],
            };
            _sidecars.Add(await controlPlane.StartSidecarAsync(settings));
            _services.Add(await TestService.StartAsync(_sidecars[^1], []));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (TestService service in _services)
        {
            await service.DisposeAsync();
        }

        _sidecars.ForEach(sidecar => sidecar.Dispose());
        await _server.DisposeAsync();
    }

    /// <summary>Skips the test where something is missing.</summary>
    internal void Require()
    {
        DaprRuntime.Require(controlPlane.Runtime is not null);
        redis.Require();
        _server.Require();
    }
}
