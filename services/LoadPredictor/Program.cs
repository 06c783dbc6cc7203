using DaprMoE.Embedded;
using DaprMoE.LoadPredictor;
using DaprMoE.Ports;
using DaprMoE.ServiceDefaults;
using DaprMoE.Sidecar;
using Microsoft.Extensions.Options;

// The load predictor as a process of its own. Settings: DAPRMOE__LOADPREDICTOR__STATEFILE=state.db, or --LoadPredictor:StateFile=state.db.
// --Sidecar:AppPort=7003 puts it on a Dapr sidecar; without it, state is a file and events stay in the process.
try
{
    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
    builder.AddServiceDefaults();
    builder.AddLoadPredictor();
    bool hasSidecar = SidecarOptions.IsAskedFor(builder.Configuration);
    if (hasSidecar)
    {
        builder.Services.AddValidatedOptions<SidecarOptions>(SidecarOptions.Section);
        builder.AddSidecar(EventTopics.ExpertLoad);
        builder.Services.AddReadinessCheck<SidecarHealth>(health => health.Fault);
    }
    else
    {
        builder.Services.AddSingleton<IEventBus, ChannelEventBus>();
        builder.Services.AddSingleton<IStateStore>(
            services => SqliteStateStore.Open(services.GetRequiredService<IOptions<LoadPredictorOptions>>().Value.StateFile));
    }

    await using WebApplication app = builder.Build();
    app.MapServiceDefaults();
    if (hasSidecar)
    {
        app.MapSidecar();
    }

    // Opened here, so that a file that can't be used is one line, not a stack.
    _ = app.Services.GetRequiredService<IStateStore>();
    await app.RunServiceAsync(app.Services.GetRequiredService<IOptions<LoadPredictorOptions>>().Value.Urls);
    return 0;
}
#pragma warning disable CA1031 // The outermost place: whatever it is, it is reported.
catch (Exception failure)
#pragma warning restore CA1031
{
    return StartFailure.Report(failure, Console.Error, explained => explained is StateStoreException);
}
