using DaprMoE.Dashboard;
using DaprMoE.ServiceDefaults;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DaprMoE.Gateway;

/// <summary>The gateway as a part of a process: its own, or one with other services.</summary>
public static class GatewayModule
{
    /// <summary>Adds the gateway and what every service has.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="open">Opens the model; called once, in the background, when the process has started.</param>
    /// <param name="configure">Settings from code, which win over the environment's.</param>
    public static WebApplicationBuilder AddGateway(
        this WebApplicationBuilder builder, ModelOpener open, Action<GatewayOptions>? configure = null)
    {
        builder.AddServiceDefaults();
        OptionsBuilder<GatewayOptions> options = builder.Services.AddValidatedOptions<GatewayOptions>(GatewayOptions.Section);
        builder.Services.AddValidatedOptions<BillOptions>(BillOptions.Section);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.AddSingleton(open);
        AddServing(builder.Services);
        AddEndpoints(builder.Services);
        PolicyModule.Add(builder, configure);
        LimitKestrel(builder.Services);
        builder.AddDashboard<ServerDashboard>();
        return builder;
    }

    /// <summary>Maps the API, the probes and the metrics, and sets the addresses to listen on.</summary>
    public static WebApplication MapGateway(this WebApplication app)
    {
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseRouting();
        app.MapServiceDefaults();
        GatewayRoutes.Map(app);
        MapDashboard(app);
        GatewayAddresses.Use(app);
        // Nobody asks for it, and it has to be there before the first request.
        _ = app.Services.GetRequiredService<GatewayMetrics>();
        return app;
    }

    /// <summary>Runs until the process is told to stop.</summary>
    /// <returns>What kept the model from being opened; null when nothing did.</returns>
    public static async Task<Exception?> RunGatewayAsync(this WebApplication app, CancellationToken cancellationToken = default)
    {
        ModelHost host = app.Services.GetRequiredService<ModelHost>();
        try
        {
            await app.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (host.Failure is not null)
        {
            // The model failed while the server was still about to listen.
        }

        return host.Failure;
    }

    private static void MapDashboard(WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.Dashboard)
        {
            app.MapDashboard();
        }
    }

    private static void AddServing(IServiceCollection services)
    {
        services.TryAddSingleton<IRandomSource, SystemRandomSource>();
        services.AddSingleton<ModelHost>();
        services.AddHostedService(provider => provider.GetRequiredService<ModelHost>());
        services.AddSingleton<IServedModelSource>(provider => provider.GetRequiredService<ModelHost>());
        services.AddSingleton<CurrentPlan>();
        services.AddSingleton<IReadinessCheck, EngineReadiness>();
        services.AddSingleton<RequestLifetimes>();
        services.AddSingleton<RequestBodies>();
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<RunningRequests>();
        services.AddSingleton<Answerer>();
        services.AddSingleton<DashboardChat>();
        services.AddSingleton<DashboardPolicy>();
    }

    private static void AddEndpoints(IServiceCollection services)
    {
        services.AddRouting();
        services.AddSingleton<ChatCompletionsEndpoint>();
        services.AddSingleton<CompletionsEndpoint>();
        services.AddSingleton<ModelsEndpoint>();
        services.AddSingleton<TokenizeEndpoint>();
        services.AddSingleton<ExpertsEndpoint>();
        services.AddSingleton<PlanEndpoint>();
        services.AddSingleton<BillEndpoint>();
    }

    private static void LimitKestrel(IServiceCollection services)
    {
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<GatewayOptions>>((kestrel, gateway) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = gateway.Value.BodyLimit;
            kestrel.Limits.MaxConcurrentConnections = gateway.Value.ConnectionLimit;
        });
        // Beyond the drain time, what is left needs a moment to be told so.
        services.AddOptions<HostOptions>().Configure<IOptions<GatewayOptions>>((host, gateway) =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(gateway.Value.DrainSeconds + 5));
    }
}
