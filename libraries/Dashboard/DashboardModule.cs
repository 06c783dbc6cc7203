using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace DaprMoE.Dashboard;

/// <summary>The dashboard as a part of a server.</summary>
public static class DashboardModule
{
    private const int DisconnectedViewers = 8;

    /// <summary>Adds it.</summary>
    /// <typeparam name="TSource">What feeds it.</typeparam>
    /// <param name="builder">The server.</param>
    public static WebApplicationBuilder AddDashboard<TSource>(this WebApplicationBuilder builder)
        where TSource : class, IDashboardSource
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        services.AddSingleton<IDashboardSource, TSource>();
        services.AddSingleton<DashboardSampler>();
        services.AddRazorComponents().AddInteractiveServerComponents(Limit);
        services.AddMudServices();
        // What it protects is a page's way back to this process; it is worth nothing to the next one, so no key is kept on disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        // Before a publish the files are where the build found them: in packages and source folders, listed beside the program.
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        return builder;
    }

    /// <summary>Serves it at <c>/</c>.</summary>
    public static WebApplication MapDashboard(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseAntiforgery();
        MapFiles(app);
        app.MapRazorComponents<Document>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .Add(PageProtection.Guard);
        DashboardSampler sampler = app.Services.GetRequiredService<DashboardSampler>();
        app.Lifetime.ApplicationStarted.Register(() => _ = Task.Run(() => sampler.RunAsync(app.Lifetime.ApplicationStopping)));
        return app;
    }

    // A program that is not a web project, such as a test, has no list of files and does without them.
    private static void MapFiles(WebApplication app)
    {
        string list = Path.Combine(AppContext.BaseDirectory, $"{app.Environment.ApplicationName}.staticwebassets.endpoints.json");
        if (File.Exists(list))
        {
            app.MapStaticAssets(list);
        }
    }

    private static void Limit(CircuitOptions options)
    {
        options.DisconnectedCircuitMaxRetained = DisconnectedViewers;
        options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(1);
    }
}
