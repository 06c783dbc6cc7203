using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;

namespace DaprMoE.Dashboard.Tests;

/// <summary>What components are rendered in: the services of a page, with a server and a clock of the test.</summary>
internal sealed class PageContext : BunitContext
{
    public PageContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Sampler = new DashboardSampler(Source, Clock, NullLogger<DashboardSampler>.Instance);
        Services.AddMudServices();
        Services.AddSingleton<IDashboardSource>(Source);
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton(Sampler);
        // Takes the services, so it comes last.
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public FakeSource Source { get; } = new();

    public FakeTimeProvider Clock { get; } = new(Snapshots.Start);

    public DashboardSampler Sampler { get; }

    /// <summary>Renders where selects and menus of the page have their place.</summary>
    public void RenderPopovers() => Render<MudPopoverProvider>();
}
