using DaprMoE.Experts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DaprMoE.DirectTransport.Tests;

/// <summary>An expert host in this process, on a free port, with a device of the test's.</summary>
internal sealed class HostApp : IAsyncDisposable
{
    public const ulong Incarnation = 77;

    private readonly WebApplication _app;

    private HostApp(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = new("http://localhost");

    public static async Task<HostApp> StartAsync(IExpertDevice device, string? secret = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureDirectHost();
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2);
        });
        builder.Logging.ClearProviders();
        builder.Services.AddDirectHost(_ => secret is null ? null : new SharedSecret(secret));
        HostApp host = new(builder.Build());
        host._app.MapDirectHost();
        host._app.Services.GetRequiredService<DirectHost>().Open(Description(), [device]);
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        host.Address = new Uri(host._app.Urls.Single());
        return host;
    }

    public static HostDescription Description() => new()
    {
        Name = "host-0",
        Model = Model.Fingerprint,
        Incarnation = Incarnation,
        Backend = "fake",
        DType = "f32",
        ExpertBytes = 100,
        Limits = Model.Limits,
    };

    /// <summary>Connects as a gateway does.</summary>
    public Task<ExpertHosts> ConnectAsync(string? secret = null) => ExpertHosts.ConnectAsync(
        new ExpertHostsOptions
        {
            Addresses = [Address],
            Model = Model.Fingerprint,
            Limits = Model.Limits,
            StartTimeout = TimeSpan.FromSeconds(30),
            Security = new HostSecurity { Secret = secret },
        },
        TimeProvider.System,
        NullLogger<ExpertHosts>.Instance,
        TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.Services.GetRequiredService<DirectHost>().DrainAsync(TimeSpan.FromSeconds(5));
        await _app.DisposeAsync();
    }
}
