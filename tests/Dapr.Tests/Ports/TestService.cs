using System.Globalization;
using DaprMoE.Ports;
using DaprMoE.Sidecar;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DaprMoE.Dapr.Tests;

/// <summary>A service of the product in this process, with the ports on its sidecar.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestService(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public IEventBus Bus => Services.GetRequiredService<IEventBus>();

    public IStateStore State => Services.GetRequiredService<IStateStore>();

    public IObjectStore Objects => Services.GetRequiredService<IObjectStore>();

    public SidecarHealth Health => Services.GetRequiredService<SidecarHealth>();

    /// <summary>Deliveries of the sidecar that are still to fail.</summary>
    public int Failures { get; set; }

    /// <summary>Deliveries that failed.</summary>
    public int Failed { get; private set; }

    public static async Task<TestService> StartAsync(
        Sidecar sidecar,
        IReadOnlyList<string> topics,
        Action<WebApplicationBuilder>? add = null,
        Action<WebApplication>? map = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DAPR_HTTP_PORT"] = sidecar.HttpPort,
            ["DAPR_GRPC_PORT"] = sidecar.GrpcPort,
            ["DAPR_API_TOKEN"] = sidecar.Settings.ApiToken,
            ["APP_API_TOKEN"] = sidecar.Settings.AppToken,
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        builder.Services.Configure<SidecarOptions>(
            options => options.AppPort = int.Parse(sidecar.Settings.AppPort!, CultureInfo.InvariantCulture));
        builder.AddSidecar(topics);
        add?.Invoke(builder);
        TestService service = new(builder.Build());
        service._app.Use(service.FailSomeAsync);
        service._app.MapSidecar();
        map?.Invoke(service._app);
        await service._app.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _app.StopAsync(CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // An activity that never ends outlives the time for a stop, as it is meant to.
        }

        await _app.DisposeAsync();
    }

    private Task FailSomeAsync(HttpContext context, RequestDelegate next)
    {
        if (Failures > 0 && context.Request.Path.StartsWithSegments("/events"))
        {
            Failures--;
            Failed++;
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
