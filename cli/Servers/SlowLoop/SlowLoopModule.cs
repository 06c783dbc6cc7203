using DaprMoE.Autoscaler;
using DaprMoE.Embedded;
using DaprMoE.Gateway;
using DaprMoE.LoadPredictor;
using DaprMoE.Ports;
using DaprMoE.ServiceDefaults;
using DaprMoE.Workflows;
using Microsoft.Extensions.Options;

namespace DaprMoE.Cli;

/// <summary>The slow loop in the server's own process: windows → load predictor → autoscaler → rollout → plan.</summary>
internal static class SlowLoopModule
{
    /// <summary>
    /// Adds all its services to a process that has the gateway. They begin when the model is open; what reaches devices is the model's expert
    /// control, in this process or over gRPC.
    /// </summary>
    /// <param name="builder">The process.</param>
    /// <param name="stateFile">The state file of the command line; null: the setting's, or the model's own.</param>
    public static WebApplicationBuilder AddSlowLoop(this WebApplicationBuilder builder, string? stateFile = null)
    {
        AddState(builder.Services, stateFile);
        builder.Services.AddSingleton<IEventBus, ChannelEventBus>();
        builder.Services.AddSingleton<IExpertControl, ServedExpertControl>();
        builder.Services.AddSingleton<IPlanningBoxSource, LivePlanningBox>();
        builder.Services.AddSingleton<IPlanRollout, WorkflowRollout>();
        builder.Services.AddWorkflowActivities();
        builder.Services.AddInProcessWorkflows(
            WorkflowRegistrations.Register,
            ready: (services, stop) => services.GetRequiredService<IServedModelSource>().WhenOpenAsync(stop));
        builder.Services.AddLoadWindows();
        builder.AddLoadPredictor();
        builder.AddAutoscaler();
        builder.Services.AddOptions<AutoscalerOptions>()
            .Configure<IOptions<GatewayOptions>>((autoscaler, gateway) => autoscaler.Policy = gateway.Value.PolicyAtStart);
        builder.Services.AddSingleton<IPolicyFollower, PlanningPolicy>();
        builder.Services.AddPlanWatch();
        return builder;
    }

    private static void AddState(IServiceCollection services, string? stateFile)
    {
        services.AddValidatedOptions<StateSettings>(StateSettings.Section).Configure(state => state.File = stateFile ?? state.File);
        services.AddSingleton(provider =>
            provider.GetRequiredService<IOptions<StateSettings>>().Value.File is { } file
                ? StatePlace.Take(file)
                : StatePlace.TakeFor(StatePlace.DefaultFolder(), provider.GetRequiredService<IOptions<GatewayOptions>>().Value.Model));
        services.AddSingleton<IStateStore>(provider => SqliteStateStore.Open(provider.GetRequiredService<StatePlace>().File));
    }
}
