using DaprMoE.Autoscaler;
using DaprMoE.Embedded;
using DaprMoE.Ports;
using DaprMoE.ServiceDefaults;
using DaprMoE.Sidecar;
using Microsoft.Extensions.Options;

// The autoscaler as a process of its own. Settings: DAPRMOE__AUTOSCALER__POLICY=auto, or --Autoscaler:Policy=auto.
// --Sidecar:AppPort=7004 puts it on a Dapr sidecar; without it, state is a file and events stay in the process.
try
{
    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
    builder.AddServiceDefaults();
    builder.AddAutoscaler();
    builder.Services.AddSingleton<IPlanningBoxSource, NoDevices>();
    bool hasSidecar = SidecarOptions.IsAskedFor(builder.Configuration);
    if (hasSidecar)
    {
        builder.Services.AddValidatedOptions<SidecarOptions>(SidecarOptions.Section);
        builder.AddSidecar(EventTopics.ExpertForecast);
        builder.Services.AddReadinessCheck<SidecarHealth>(health => health.Fault);
        builder.Services.AddWorkflowsByInvocation().AddSingleton<RolloutStore>().AddSingleton<IPlanRollout, WorkflowRollout>();
    }
    else
    {
        builder.Services.AddSingleton<IEventBus, ChannelEventBus>();
        builder.Services.AddSingleton<IStateStore>(
            services => SqliteStateStore.Open(services.GetRequiredService<IOptions<AutoscalerOptions>>().Value.StateFile));
    }

    await using WebApplication app = builder.Build();
    app.MapServiceDefaults();
    if (hasSidecar)
    {
        app.MapSidecar();
    }

    // Opened here, so that a file that can't be used is one line, not a stack.
    _ = app.Services.GetRequiredService<IStateStore>();
    await app.RunServiceAsync(app.Services.GetRequiredService<IOptions<AutoscalerOptions>>().Value.Urls);
    return 0;
}
#pragma warning disable CA1031 // The outermost place: whatever it is, it is reported.
catch (Exception failure)
#pragma warning restore CA1031
{
    return StartFailure.Report(failure, Console.Error, explained => explained is StateStoreException);
}
