using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DaprMoE.ServiceDefaults;

/// <summary>What every service of this product has: configuration from the environment, telemetry, health.</summary>
public static class ServiceDefaultsModule
{
    /// <summary>Environment variables that begin with this are settings: <c>DAPRMOE__GATEWAY__URLS</c>.</summary>
    public const string EnvironmentPrefix = "DAPRMOE__";

    /// <summary>
    /// Adds settings from <c>DAPRMOE__…</c>, a <see cref="TimeProvider"/>, the startup state, metrics for Prometheus, and logs,
    /// metrics and traces for OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        AddEnvironment(builder.Configuration);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<StartupState>();
        // The framework's own information is two lines per request; the services log what happened themselves.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        TelemetryRegistration.Add(builder);
        return builder;
    }

    /// <summary>
    /// Maps <c>/livez</c> (the process answers), <c>/startupz</c> (phase and elapsed time), <c>/readyz</c> (requests are served; an error
    /// body until then, and once an <see cref="IReadinessCheck"/> has a fault) and <c>/metrics</c> (Prometheus text).
    /// </summary>
    public static IEndpointRouteBuilder MapServiceDefaults(this IEndpointRouteBuilder endpoints)
    {
        HealthEndpoints.Map(endpoints);
        endpoints.MapPrometheusScrapingEndpoint("/metrics");
        return endpoints;
    }

    // Below the command line, which wins, as in the framework's own order.
    private static void AddEnvironment(IConfigurationManager configuration)
    {
        EnvironmentVariablesConfigurationSource environment = new() { Prefix = EnvironmentPrefix };
        int commandLine = configuration.Sources.ToList().FindLastIndex(source => source is CommandLineConfigurationSource);
        configuration.Sources.Insert(commandLine < 0 ? configuration.Sources.Count : commandLine, environment);
    }
}
