using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DaprMoE.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DaprMoE.Sidecar.Tests;

/// <summary>A service with an app port and a public one, whose sidecar is not there.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    private TestApp(WebApplication app, int appPort) => (App, AppPort) = (app, appPort);

    public WebApplication App { get; }

    public int AppPort { get; }

    public int PublicPort => App.Urls.Select(url => new Uri(url).Port).Single(port => port != AppPort);

    public IEventBus Bus => App.Services.GetRequiredService<IEventBus>();

    public static async Task<TestApp> StartAsync(string? appToken = null, params string[] topics)
    {
        int appPort = FreePort();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DAPR_HTTP_PORT"] = FreePort().ToString(CultureInfo.InvariantCulture),
            ["DAPR_GRPC_PORT"] = FreePort().ToString(CultureInfo.InvariantCulture),
            ["APP_API_TOKEN"] = appToken,
        });
        builder.Services.Configure<SidecarOptions>(options => (options.AppPort, options.CallSeconds) = (appPort, 5));
        builder.AddSidecar(topics);
        WebApplication app = builder.Build();
        app.MapSidecar();
        app.MapGet("/livez", () => "alive");
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestApp(app, appPort);
    }

    public async Task<(HttpStatusCode Status, string Body)> SendAsync(
        int port, HttpMethod method, string path, string? cloudEvent = null, string? token = null, string? host = null)
    {
        using HttpRequestMessage request = new(method, new Uri($"http://127.0.0.1:{port}{path}"));
        request.Headers.Host = host;
        request.Content = cloudEvent is null ? null : new StringContent(cloudEvent, Encoding.UTF8, "application/cloudevents+json");
        if (token is not null)
        {
            request.Headers.Add("dapr-api-token", token);
        }

        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await App.DisposeAsync();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
