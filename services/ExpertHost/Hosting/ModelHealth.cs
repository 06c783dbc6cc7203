using DaprMoE.ServiceDefaults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DaprMoE.ExpertHost;

/// <summary>What gRPC's health service says: serving, once the model is open and until the process stops.</summary>
internal sealed class ModelHealth(StartupState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.IsReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(state.Phase));
}
