using DaprMoE.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Gateway.Tests;

public sealed class RequestLifetimesTests
{
    private const string Streamed = """{"prompt":"Hi","stream":true}""";
    private const string TwoStreamed = """{"prompt":["Hi","Ho"],"stream":true}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/completions")]
    [InlineData("/tokenize")]
    [InlineData("/detokenize")]
    public async Task Deadline_WhileTheBodyArrives_Is504(string path)
    {
        FakeTimeProvider clock = new();
        await using GatewayApp app = await StartAsync(clock);
        using RawRequest request = await RawRequest.BeginAsync(app, path, contentLength: 100);
        await request.SendAsync("{");
        clock.Advance(TimeSpan.FromSeconds(7));
        string answer = await request.ReadAnswerAsync();
        Assert.StartsWith("HTTP/1.1 504", answer, StringComparison.Ordinal);
        Assert.Contains("deadline_exceeded", answer, StringComparison.Ordinal);
        Assert.Contains("7 s", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drain_WhileTheBodyArrives_Is503()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using RawRequest request = await RawRequest.BeginAsync(app, "/v1/completions", contentLength: 100);
        Task stopping = app.StopAsync();
        string answer = await request.ReadAnswerAsync();
        Assert.StartsWith("HTTP/1.1 503", answer, StringComparison.Ordinal);
        Assert.Contains("shutting_down", answer, StringComparison.Ordinal);
        request.Dispose();
        await stopping.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
    }

    [Theory]
    [InlineData(Streamed)]
    [InlineData(TwoStreamed)]
    public async Task Deadline_ClientReadsNothing_LeavesTheEngine(string body)
    {
        FakeTimeProvider clock = new();
        await using GatewayApp app = await StartAsync(clock);
        app.Engine.Answer = null;
        using RawRequest request = await RawRequest.BeginAsync(app, "/v1/completions", body.Length);
        await request.SendAsync(body);
        FakeSequence sequence = await app.Engine.NextAsync(Cancel);
        int token = app.Tokenizer.Encode("fox")[0];
        for (int i = 0; i < 50_000; i++)
        {
            sequence.Push(token);
        }

        Assert.False(sequence.Cancelled.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(7));
        await sequence.Cancelled.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
    }

    [Fact]
    public async Task Encode_RequestThatIsOver_Stops()
    {
        using ServedModel model = new()
        {
            Id = "tiny-moe",
            Experts = new FakeInventory(),
            Engine = new FakeEngine(),
            VocabularySize = GatewayApp.VocabularySize,
            Tokenizer = Tokenizer.Load(Repository.TinyMoe),
            Template = ChatTemplate.Load(Repository.TinyMoe, TimeProvider.System),
            Created = DateTimeOffset.UnixEpoch,
        };
        using CancellationTokenSource over = new();
        await over.CancelAsync();
        Assert.ThrowsAny<OperationCanceledException>(() => CompletionPrompt.Encode(model, new PromptInput("Hi", []), over.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => ChatPrompt.Encode(model, [new ChatMessage("user", "Hi", null)], over.Token));
    }

    private static Task<GatewayApp> StartAsync(TimeProvider clock) => GatewayApp.StartAsync(
        options => options.RequestSeconds = 7, setup: builder => builder.Services.AddSingleton(clock));
}
