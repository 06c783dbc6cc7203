using Dapr.Workflow;
using DaprMoE.Ports;
using DaprMoE.ServiceDefaults;
using DaprMoE.Sidecar;
using DaprMoE.Workflows;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DaprMoE.Orchestrator;

/// <summary>The orchestrator: the one service that runs Dapr Workflow. The others reach workflows through it.</summary>
public static class OrchestratorModule
{
    /// <summary>
    /// Adds the workflows with their worker, and their runs. The process adds what every service has, the ports on its sidecar, and an
    /// <see cref="IExpertControl"/>, which rollouts reach expert hosts by.
    /// </summary>
    /// <param name="builder">The process.</param>
    /// <param name="configure">Settings from code, which win over the environment's.</param>
    public static TBuilder AddOrchestrator<TBuilder>(this TBuilder builder, Action<OrchestratorOptions>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        OptionsBuilder<OrchestratorOptions> options =
            builder.Services.AddValidatedOptions<OrchestratorOptions>(OrchestratorOptions.Section);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.AddDaprWorkflow(WorkflowRegistrations.Register);
        builder.Services.AddWorkflowActivities();
        builder.Services.AddSingleton<KnownWorkflows>();
        builder.Services.AddSingleton<RunLedger>();
        builder.Services.AddSingleton<WorkflowRuns>();
        builder.Services.AddHostedService<RunPurge>();
        return builder;
    }

    /// <summary>Maps what the other services invoke, on the app port.</summary>
    /// <param name="app">The process.</param>
    public static WebApplication MapOrchestrator(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        RunEndpoints.Map(app.MapAppPort(), app.Services.GetRequiredService<WorkflowRuns>());
        return app;
    }
}
