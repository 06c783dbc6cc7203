using Dapr.Client;
using DaprMoE.Ports;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DaprMoE.Sidecar;

/// <summary>The ports on a Dapr sidecar.</summary>
public static class SidecarModule
{
    /// <summary>
    /// Adds <see cref="IEventBus"/>, <see cref="IStateStore"/> and <see cref="IObjectStore"/> on the sidecar, and
    /// <see cref="SidecarHealth"/>. The process adds <see cref="SidecarOptions"/> and maps the sidecar's routes by
    /// <see cref="MapSidecar"/>. Nothing is connected yet: app and sidecar start in any order.
    /// </summary>
    /// <param name="builder">The process.</param>
    /// <param name="topics">The topics that this process subscribes to; it may publish to any that the component's scopes allow.</param>
    /// <exception cref="ArgumentException">There is no such topic.</exception>
    /// <exception cref="OptionsValidationException">A variable of Dapr's names no address.</exception>
    public static TBuilder AddSidecar<TBuilder>(this TBuilder builder, params IReadOnlyList<string> topics)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(topics);
        topics.ToList().ForEach(EventTopics.Require);
        IServiceCollection services = builder.Services;
        SidecarAddress address = SidecarAddress.Read(builder.Configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(address);
        services.AddDaprClient((_, dapr) => Reach(dapr, address));
        services.AddSingleton<SidecarMetrics>();
        services.AddSingleton<IStateCalls, StateCalls>();
        services.AddSingleton<ChunkedValues>();
        services.AddSingleton<IStateStore, SidecarStateStore>();
        services.AddSingleton<IObjectStore, SidecarObjectStore>();
        services.AddSingleton(new SidecarTopics(topics));
        services.AddSingleton<SidecarEventBus>();
        services.AddSingleton<IEventBus>(provider => provider.GetRequiredService<SidecarEventBus>());
        services.AddSingleton(provider => new SidecarHealth(
            provider.GetRequiredService<DaprClient>(),
            address,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SidecarHealth>>()));
        services.AddHostedService(provider => provider.GetRequiredService<SidecarHealth>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, AppPortPolicy>());
        services.AddAuthentication().AddDapr(options => options.Token = address.AppToken ?? "");
        services.AddAuthorization(options => options.AddDapr());
        return builder;
    }

    /// <summary>Adds <see cref="IWorkflowStarter"/> by invocation of the orchestrator.</summary>
    /// <param name="services">A container that has the sidecar.</param>
    public static IServiceCollection AddWorkflowsByInvocation(this IServiceCollection services) =>
        services.AddSingleton<IWorkflowStarter>(provider =>
        {
            string orchestrator = provider.GetRequiredService<IOptions<SidecarOptions>>().Value.Orchestrator;
            SidecarAddress address = provider.GetRequiredService<SidecarAddress>();
            // Without the third argument the client drops the token.
            HttpClient http = DaprClient.CreateInvokeHttpClient(orchestrator, address.Http.ToString(), address.ApiToken);
            return new OrchestratorStarter(http, orchestrator, provider.GetRequiredService<TimeProvider>());
        });

    /// <summary>Opens the app port, with the routes that the sidecar asks for and delivers events to.</summary>
    /// <param name="app">The process.</param>
    public static WebApplication MapSidecar(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        SidecarOptions options = app.Services.GetRequiredService<IOptions<SidecarOptions>>().Value;
        app.Urls.Add($"http://127.0.0.1:{options.AppPort}");
        app.UseWhen(context => context.Connection.LocalPort == options.AppPort, branch => branch.UseCloudEvents());
        RouteGroupBuilder routes = app.MapAppPort();
        routes.MapSubscribeHandler();
        EventEndpoints.Map(routes, app.Services.GetRequiredService<SidecarEventBus>(), options.PubSub);
        return app;
    }

    /// <summary>Routes that are there on the app port only, and ask for <c>APP_API_TOKEN</c> when it is set.</summary>
    /// <param name="app">The process.</param>
    public static RouteGroupBuilder MapAppPort(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        RouteGroupBuilder routes = app.MapGroup("").WithMetadata(AppPortOnly.Instance);
        return app.Services.GetRequiredService<SidecarAddress>().AppToken is null ? routes : routes.RequireAuthorization("Dapr");
    }

    // The sidecar alone bounds messages: with the SDK's defaults what was written could not be read back.
    private static void Reach(DaprClientBuilder dapr, SidecarAddress address) => dapr
        .UseHttpEndpoint(address.Http.ToString())
        .UseGrpcEndpoint(address.Grpc.ToString())
        .UseDaprApiToken(address.ApiToken ?? "")
        .UseGrpcChannelOptions(new GrpcChannelOptions
        {
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,
            ThrowOperationCanceledOnCancellation = true,
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(200),
            MaxReconnectBackoff = TimeSpan.FromSeconds(2),
        });
}
