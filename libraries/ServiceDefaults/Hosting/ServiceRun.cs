using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DaprMoE.ServiceDefaults;

/// <summary>Runs a service that has nothing to load.</summary>
public static class ServiceRun
{
    /// <summary>Listens until the process is told to stop; ready from the first moment on.</summary>
    /// <param name="app">The service.</param>
    /// <param name="address">The address that it listens on besides those that it has.</param>
    public static async Task RunServiceAsync(this WebApplication app, string address)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Urls.Add(address);
        StartupState startup = app.Services.GetRequiredService<StartupState>();
        app.Lifetime.ApplicationStarted.Register(startup.Ready);
        app.Lifetime.ApplicationStopping.Register(startup.Stopping);
        await app.RunAsync().ConfigureAwait(false);
    }
}
