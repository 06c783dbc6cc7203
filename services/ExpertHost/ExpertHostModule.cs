using DaprMoE.DirectTransport;
using DaprMoE.Models;
using DaprMoE.ServiceDefaults;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace DaprMoE.ExpertHost;

/// <summary>An expert host as a part of a process.</summary>
public static partial class ExpertHostModule
{
    // gRPC's health service asks for a fresh answer at most so often.
    private static readonly TimeSpan HealthPeriod = TimeSpan.FromSeconds(1);

    /// <summary>Adds the expert host and what every service has.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="configure">Settings from code, which win over the environment's.</param>
    /// <param name="packing">Told while the packed file is written.</param>
    public static WebApplicationBuilder AddExpertHost(
        this WebApplicationBuilder builder, Action<ExpertHostSettings>? configure = null, IProgress<PackProgress>? packing = null)
    {
        builder.AddServiceDefaults();
        OptionsBuilder<ExpertHostSettings> options = builder.Services.AddValidatedOptions<ExpertHostSettings>(ExpertHostSettings.Section);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRouting();
        builder.Services.AddDirectHost(Secret);
        builder.Services.AddGrpcHealthChecks(health => health.Services.Map("", _ => true)).AddCheck<ModelHealth>("model");
        // The model's loading is no failure, and its phases are logged by themselves.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Services.Configure<HealthCheckPublisherOptions>(publisher =>
        {
            publisher.Delay = TimeSpan.Zero;
            publisher.Period = HealthPeriod;
        });
        builder.Services.AddSingleton(new PackingProgress(packing));
        builder.Services.AddSingleton<HostedModelService>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<HostedModelService>());
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>, HostListeners>();
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<ExpertHostSettings>>(
            (host, settings) => host.ShutdownTimeout = TimeSpan.FromSeconds(settings.Value.DrainSeconds + 5));
        return builder;
    }

    /// <summary>Maps the expert services, health, the probes and the metrics.</summary>
    public static WebApplication MapExpertHost(this WebApplication app)
    {
        if (Secret(app.Services) is { } secret)
        {
            MetricsGuard.Use(app, secret);
        }

        app.UseRouting();
        app.MapServiceDefaults();
        app.MapGrpcHealthChecksService();
        app.MapDirectHost();
        app.Lifetime.ApplicationStarted.Register(() => Log(app));
        return app;
    }

    /// <summary>Runs until the process is told to stop.</summary>
    /// <returns>What kept the model from being opened; null when nothing did.</returns>
    public static async Task<Exception?> RunExpertHostAsync(this WebApplication app, CancellationToken cancellationToken = default)
    {
        HostedModelService model = app.Services.GetRequiredService<HostedModelService>();
        try
        {
            await app.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (model.Failure is not null)
        {
            // The model failed while the server was still about to listen.
        }

        return model.Failure;
    }

    /// <summary>Completes when calls are taken; never, when the model can't be opened.</summary>
    public static Task<HostedExpertsInfo> WhenReadyAsync(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Services.GetRequiredService<HostedModelService>().Ready;
    }

    private static SharedSecret? Secret(IServiceProvider services) =>
        services.GetRequiredService<IOptions<ExpertHostSettings>>().Value.SecretFile is { } file
            ? new SharedSecret(SharedSecret.ReadFile(file))
            : null;

    private static void Log(WebApplication app)
    {
        bool isInsecure = app.Services.GetRequiredService<IOptions<ExpertHostSettings>>().Value.Insecure;
        foreach (string address in app.Urls)
        {
            LogListening(app.Logger, address);
            if (isInsecure && ListenAddress.TryParse(address) is { IsLoopback: false })
            {
                LogListeningInsecurely(app.Logger, address);
            }
        }
    }

    [LoggerMessage(EventIds.Listening, LogLevel.Information, "Listening on {Address}")]
    private static partial void LogListening(ILogger logger, string address);

    [LoggerMessage(
        EventIds.ListeningInsecurely,
        LogLevel.Warning,
        "{Address} is open to other machines (--insecure), and whoever reaches it may use it.")]
    private static partial void LogListeningInsecurely(ILogger logger, string address);
}
