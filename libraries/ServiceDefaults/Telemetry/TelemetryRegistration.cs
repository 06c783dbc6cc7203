using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace DaprMoE.ServiceDefaults;

/// <summary>OpenTelemetry: metrics are always there for Prometheus; OTLP is on when it has somewhere to go.</summary>
internal static class TelemetryRegistration
{
    private const string OtlpEndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string OwnSources = "DaprMoE.*";

    public static void Add(IHostApplicationBuilder builder)
    {
        IOpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry();
        telemetry.WithMetrics(metrics => metrics
            .AddMeter(OwnSources)
            .AddAspNetCoreInstrumentation()
            .AddRuntimeInstrumentation()
            .AddPrometheusExporter());

        if (string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpointKey]))
        {
            return;
        }

        telemetry.WithTracing(tracing => tracing.AddSource(OwnSources).AddAspNetCoreInstrumentation(o => o.Filter = IsNoProbe));
        telemetry.WithLogging(null, options => options.IncludeFormattedMessage = true);
        telemetry.UseOtlpExporter();
    }

    // Probes and scrapes come every few seconds for ever and would bury the requests.
    private static bool IsNoProbe(HttpContext context) =>
        context.Request.Path.Value is not ("/livez" or "/readyz" or "/startupz" or "/metrics");
}
