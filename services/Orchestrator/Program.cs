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
    app.Urls.Add(app.Services.GetRequiredService<IOptions<OrchestratorOptions>>().Value.Urls);
    StartupState startup = app.Services.GetRequiredService<StartupState>();
    app.Lifetime.ApplicationStarted.Register(startup.Ready);
    app.Lifetime.ApplicationStopping.Register(startup.Stopping);
    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException wrong)
{
    await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, wrong.Failures));
    return 2;
}
catch (IOException failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}
