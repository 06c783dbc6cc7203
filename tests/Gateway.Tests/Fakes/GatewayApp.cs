using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DaprMoE.ServiceDefaults;
using DaprMoE.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DaprMoE.Gateway.Tests;

/// <summary>The gateway on a free port of loopback, with the bundled model's tokenizer and template and a fake engine.</summary>
internal sealed class GatewayApp : IAsyncDisposable
{
    public const string Model = "tiny-moe";

    /// <summary>More than the tokenizer has, as with models whose embeddings are padded.</summary>
    public const int VocabularySize = 5000;

    public const string Answer = "Once upon a time there was a fox.";

    private readonly WebApplication _app;

    private GatewayApp(WebApplication app, FakeEngine engine, Tokenizer tokenizer)
    {
        _app = app;
        Engine = engine;
        Tokenizer = tokenizer;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public FakeEngine Engine { get; }

    public Tokenizer Tokenizer { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts a gateway and waits until it is ready.</summary>
    public static async Task<GatewayApp> StartAsync(
        Action<GatewayOptions>? configure = null, GenerationDefaults? defaults = null, Action<WebApplicationBuilder>? setup = null,
        Tokenizer? tokenizer = null)
    {
        tokenizer ??= Tokenizer.Load(Repository.TinyMoe);
        FakeEngine engine = new() { Answer = tokenizer.Encode(Answer) };
        ServedModel model = new()
        {
            Id = Model,
            Engine = engine,
            Experts = new FakeInventory(),
            VocabularySize = VocabularySize,
            Tokenizer = tokenizer,
            Template = ChatTemplate.Load(Repository.TinyMoe, TimeProvider.System),
            Defaults = defaults ?? new GenerationDefaults { EndTokens = [2] },
            Created = DateTimeOffset.UnixEpoch.AddSeconds(1234),
        };
        GatewayApp app = await StartAsync((_, _, _) => Task.FromResult(model), engine, tokenizer, configure, setup);
        await app.WaitUntilReadyAsync();
        return app;
    }

    /// <summary>Starts a gateway whose model opens as the test says.</summary>
    public static async Task<GatewayApp> StartAsync(
        ModelOpener open, FakeEngine engine, Tokenizer tokenizer, Action<GatewayOptions>? configure = null,
        Action<WebApplicationBuilder>? setup = null)
    {
        WebApplication app = Build(open, configure, setup);
        await app.StartAsync(Cancel);
        return new GatewayApp(app, engine, tokenizer);
    }

    /// <summary>Builds a gateway on a free port and does not start it.</summary>
    public static WebApplication Build(
        ModelOpener open, Action<GatewayOptions>? configure = null, Action<WebApplicationBuilder>? setup = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        setup?.Invoke(builder);
        builder.AddGateway(open, options =>
        {
            options.Urls = "http://127.0.0.1:0";
            options.Model = Repository.TinyMoe;
            options.DrainSeconds = 0;
            configure?.Invoke(options);
        });
        return builder.Build().MapGateway();
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);

    /// <summary>Posts a body; the answer's headers are there, its body is still on the way.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string json, CancellationToken? cancel = null)
    {
        HttpRequestMessage request = new(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel ?? Cancel);
    }

    /// <summary>Posts a body and reads the answer as JSON.</summary>
    public async Task<JsonElement> PostJsonAsync(string path, string json)
    {
        using HttpResponseMessage response = await PostAsync(path, json);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    public Task StopAsync() => _app.StopAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private async Task WaitUntilReadyAsync()
    {
        StartupState state = Services.GetRequiredService<StartupState>();
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(10));
        while (!state.IsReady)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
