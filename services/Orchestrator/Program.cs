using DaprMoE.Orchestrator;
using DaprMoE.Ports;
using DaprMoE.ServiceDefaults;
using DaprMoE.Sidecar;
using Microsoft.Extensions.Options;

// The orchestrator as a process of its own, beside its Dapr sidecar. Settings: DAPRMOE__SIDECAR__APPPORT=7005, or --Sidecar:AppPort=7005.
try
{
    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
    builder.AddServiceDefaults();
    builder.Services.AddValidatedOptions<SidecarOptions>(SidecarOptions.Section).Validate(
        options => options.AppPort > 0,
        "Sidecar:AppPort is 0; workflows run by a Dapr sidecar, which calls this service on that port. Set DAPRMOE__SIDECAR__APPPORT.");
    builder.AddSidecar();
    builder.AddOrchestrator();
    builder.Services.AddReadinessCheck<SidecarHealth>(health => health.Fault);
    builder.Services.AddSingleton<IExpertControl, NoExpertHosts>();
    await using WebApplication app = builder.Build();
    app.MapServiceDefaults();
    app.MapSidecar().MapOrchestrator();
    await app.RunServiceAsync(app.Services.GetRequiredService<IOptions<OrchestratorOptions>>().Value.Urls);
    return 0;
}
#pragma warning disable CA1031 // The outermost place: whatever it is, it is reported.
catch (Exception failure)
#pragma warning restore CA1031
{
    return StartFailure.Report(failure, Console.Error, _ => false);
}
