using System.Net;
using System.Text;
using DaprMoE.ServiceDefaults;
using DaprMoE.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DaprMoE.Gateway.Tests;

public sealed class ErrorTests
{
    private const string Chat = "/v1/chat/completions";
    private const string Completions = "/v1/completions";
    private const string Body = """{"messages":[{"role":"user","content":"Hi"}]}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_UnknownAddress_Is404InTheEnvelope()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using HttpResponseMessage response = await app.GetAsync("/v1/responses");
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.NotFound);
        Assert.Equal(("invalid_request_error", "unknown_url"), (error.Type, error.Code));
    }

    [Fact]
    public async Task Get_AddressThatTakesPost_Is405WithAllow()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using HttpResponseMessage response = await app.GetAsync(Chat);
        Assert.Equal("method_not_allowed", (await Errors.ReadAsync(response, HttpStatusCode.MethodNotAllowed)).Code);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/v1/embeddings")]
    [InlineData("/v1/files/abc/content")]
    [InlineData("/v1/batches")]
    public async Task Get_AddressNotThereYet_Is501ByName(string path)
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using HttpResponseMessage response = await app.GetAsync(path);
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.NotImplemented);
        Assert.Equal("not_implemented", error.Code);
        Assert.Contains(string.Join('/', path.Split('/')[..3]), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OtherContentType_Is415()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using StringContent form = new(Body, Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage response = await app.Client.PostAsync(new Uri(Chat, UriKind.Relative), form, Cancel);
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.UnsupportedMediaType);
        Assert.Contains("application/x-www-form-urlencoded", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_BrokenJson_Is400WithPlace()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using HttpResponseMessage response = await app.PostAsync(Chat, """{"messages":[}""");
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal("invalid_json", error.Code);
        Assert.Contains("line 1, byte 14", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_LargeBody_Is413()
    {
        await using GatewayApp app = await GatewayApp.StartAsync(options => options.BodyLimit = 1024);
        using HttpResponseMessage response = await app.PostAsync(Completions, $$"""{"prompt":"{{new string('a', 2000)}}"}""");
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("body_too_large", error.Code);
        Assert.Contains("1024", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OtherModel_Is404ThatNamesTheKnownOne()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using HttpResponseMessage response = await app.PostAsync(Completions, """{"model":"gpt-5","prompt":"Hi"}""");
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.NotFound);
        Assert.Equal(("model_not_found", "model"), (error.Code, error.Param));
        Assert.Contains("'gpt-5'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'tiny-moe'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"prompt":"Hi","max_tokens":1024}""", "1024")]
    [InlineData("""{"prompt":"Hi","max_tokens":2147483647}""", "2147483647")]
    public async Task Post_MoreThanTheContext_NamesBothLengths(string body, string asked)
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using HttpResponseMessage response = await app.PostAsync(Completions, body);
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal(("context_length_exceeded", "prompt"), (error.Code, error.Param));
        Assert.Contains(asked, error.Message, StringComparison.Ordinal);
        Assert.Contains("holds 1024", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_PromptThatFillsTheContext_IsRefused()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        string ids = string.Join(',', Enumerable.Repeat(5, 1024));
        using HttpResponseMessage response = await app.PostAsync(Completions, $$"""{"prompt":[{{ids}}]}""");
        Assert.Equal("context_length_exceeded", (await Errors.ReadAsync(response, HttpStatusCode.BadRequest)).Code);
    }

    [Fact]
    public async Task Post_FullQueue_Is429WithRetryAfter()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        app.Engine.Room = 0;
        using HttpResponseMessage response = await app.PostAsync(Chat, Body);
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.TooManyRequests);
        Assert.Equal(("rate_limit_error", "queue_full"), (error.Type, error.Code));
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Post_QueueFullAfterTheFirstPrompt_CancelsIt()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        (app.Engine.Answer, app.Engine.Room) = (null, 1);
        using HttpResponseMessage response = await app.PostAsync(Completions, """{"prompt":["a","b"]}""");
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        FakeSequence first = await app.Engine.NextAsync(Cancel);
        await first.Cancelled.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
    }

    [Fact]
    public async Task Post_IdOutsideTheVocabulary_NamesPlaceAndRange()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        const int Size = GatewayApp.VocabularySize;
        using HttpResponseMessage response = await app.PostAsync(Completions, $$"""{"prompt":[1,{{Size}}]}""");
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal("prompt[1]", error.Param);
        Assert.Contains($"0 to {Size - 1}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_IdThatOnlyTheModelHas_IsTaken()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        Assert.True(app.Tokenizer.LargestId < GatewayApp.VocabularySize - 1);
        using HttpResponseMessage response = await app.PostAsync(Completions, $$"""{"prompt":[1,{{GatewayApp.VocabularySize - 1}}]}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([1, GatewayApp.VocabularySize - 1], Assert.Single(app.Engine.Requests).Prompt);
    }

    [Theory]
    [InlineData("/v1/completions", """{"prompt":"TEXT"}""", "prompt")]
    [InlineData("/v1/chat/completions", """{"messages":[{"role":"user","content":"TEXT"}]}""", "messages")]
    [InlineData("/tokenize", """{"prompt":"TEXT"}""", "prompt")]
    public async Task Post_TextThatTheTokenizersPatternCannotTake_Is400(string path, string body, string parameter)
    {
        await using GatewayApp app = await GatewayApp.StartAsync(tokenizer: BacktrackingTokenizer());
        string text = new string('a', 40) + "!";
        using HttpResponseMessage response = await app.PostAsync(path, body.Replace("TEXT", text, StringComparison.Ordinal));
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal(("tokenizer_error", parameter), (error.Code, error.Param));
        Assert.Contains("takes too many steps", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("tokenizer.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_TooManyPrompts_NamesTheLimit()
    {
        await using GatewayApp app = await GatewayApp.StartAsync(options => options.PromptsPerRequest = 2);
        using HttpResponseMessage response = await app.PostAsync(Completions, """{"prompt":["a","b","c"]}""");
        Assert.Equal("prompt", (await Errors.ReadAsync(response, HttpStatusCode.BadRequest)).Param);
    }

    [Fact]
    public async Task Post_BeforeTheModelIsOpen_Is503()
    {
        TaskCompletionSource<ServedModel> opening = new();
        await using GatewayApp app = await GatewayApp.StartAsync(
            (_, _, cancel) => opening.Task.WaitAsync(cancel), new FakeEngine(), Tokenizer.Load(Repository.TinyMoe));
        using HttpResponseMessage response = await app.PostAsync(Chat, Body);
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.Contains("loading the model", error.Message, StringComparison.Ordinal);
        Assert.NotNull(response.Headers.RetryAfter);

        using HttpResponseMessage ready = await app.GetAsync("/readyz");
        Assert.Equal("not_ready", (await Errors.ReadAsync(ready, HttpStatusCode.ServiceUnavailable)).Code);
        using HttpResponseMessage started = await app.GetAsync("/startupz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, started.StatusCode);
        using HttpResponseMessage live = await app.GetAsync("/livez");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    private static Tokenizer BacktrackingTokenizer() => Tokenizer.Parse(
        """
        {
          "pre_tokenizer": {"type":"Split","pattern":{"Regex":"(a|a|a|a)*b"},"behavior":"Isolated","invert":false},
          "model": {"type":"BPE","vocab":{"a":0,"!":1},"merges":[]}
        }
        """u8, default, "tokenizer.json");

    [Fact]
    public async Task Run_ModelThatCannotBeOpened_EndsWithTheReason()
    {
        InvalidDataException fault = new("no model");
        await using WebApplication app = GatewayApp.Build((_, _, _) => Task.FromException<ServedModel>(fault));
        StartupState state = app.Services.GetRequiredService<StartupState>();
        Assert.Same(fault, await app.RunGatewayAsync(Cancel));
        Assert.False(state.IsReady);
    }
}
