using System.Text.Json;
using DaprMoE.Inference;

namespace DaprMoE.Gateway.Tests;

public sealed class CompletionsTests
{
    private const string Path = "/v1/completions";

    [Fact]
    public async Task Post_Text_AnswersInOpenAisShape()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        JsonElement answer = await app.PostJsonAsync(Path, """{"prompt":"Once","model":"tiny-moe"}""");
        Assert.StartsWith("cmpl-", answer.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal("text_completion", answer.GetProperty("object").GetString());
        JsonElement choice = Assert.Single(answer.GetProperty("choices").EnumerateArray());
        Assert.Equal(["index", "text", "logprobs", "finish_reason"], choice.EnumerateObject().Select(property => property.Name));
        Assert.Equal(GatewayApp.Answer, choice.GetProperty("text").GetString());
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Post_Ids_AreThePrompt()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        await app.PostJsonAsync(Path, """{"prompt":[7,8,9]}""");
        Assert.Equal([7, 8, 9], Assert.Single(app.Engine.Requests).Prompt);
    }

    [Fact]
    public async Task Post_SeveralPrompts_GivesAnAnswerEach()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        JsonElement answer = await app.PostJsonAsync(Path, """{"prompt":["a","b"],"max_tokens":3}""");
        JsonElement[] choices = [.. answer.GetProperty("choices").EnumerateArray()];
        Assert.Equal([0, 1], choices.Select(choice => choice.GetProperty("index").GetInt32()));
        Assert.Equal(6, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Equal(6, answer.GetProperty("timings").GetProperty("predicted_n").GetInt32());
    }

    [Fact]
    public async Task Post_SeveralPromptsStreamed_KeepsEachInOrder()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using HttpResponseMessage response = await app.PostAsync(Path, """{"prompt":["a","b","c"],"stream":true}""");
        List<string> events = await ServerSentEvents.ReadAllAsync(response);

        JsonElement[] choices =
        [
            .. events.SkipLast(1).Select(data => JsonSerializer.Deserialize<JsonElement>(data).GetProperty("choices")[0]),
        ];
        var texts = choices.GroupBy(choice => choice.GetProperty("index").GetInt32()).OrderBy(group => group.Key)
            .Select(group => string.Concat(group.Select(choice => choice.GetProperty("text").GetString())));
        Assert.Equal(Enumerable.Repeat(GatewayApp.Answer, 3), texts);
        Assert.Equal(3, choices.Count(choice => choice.GetProperty("finish_reason").ValueKind == JsonValueKind.String));
        Assert.Equal("[DONE]", events[^1]);
    }

    [Fact]
    public async Task Post_OneOfSeveralFails_EndsTheStreamAndCancelsTheOthers()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        app.Engine.Answer = null;
        Task<HttpResponseMessage> asked = app.PostAsync(Path, """{"prompt":["a","b"],"stream":true}""");
        FakeSequence first = await app.Engine.NextAsync(TestContext.Current.CancellationToken);
        FakeSequence second = await app.Engine.NextAsync(TestContext.Current.CancellationToken);
        first.Push(app.Tokenizer.Encode("One")[0]);
        second.End(FinishReason.Error);
        using HttpResponseMessage response = await asked;
        await first.Cancelled.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Post_Parameters_ReachTheEngine()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        await app.PostJsonAsync(
            Path, """{"prompt":"a","max_tokens":9,"temperature":0.5,"top_p":0.25,"top_k":4,"min_p":0.125,"seed":-1,"ignore_eos":true}""");
        GenerationRequest request = Assert.Single(app.Engine.Requests);
        Assert.Equal(9, request.MaxTokens);
        Assert.Empty(request.EndTokens);
        SamplingOptions expected = new() { Temperature = 0.5f, TopP = 0.25f, TopK = 4, MinP = 0.125f, Seed = ulong.MaxValue };
        Assert.Equal(expected, request.Sampling);
    }

    [Fact]
    public async Task Post_NoParameters_TakesTheModelsDefaults()
    {
        GenerationDefaults defaults = new()
        {
            Temperature = 0.7f,
            TopP = 0.9f,
            TopK = 20,
            MinP = 0.05f,
            MaxNewTokens = 256,
            EndTokens = [2, 0],
        };
        await using GatewayApp app = await GatewayApp.StartAsync(defaults: defaults);
        await app.PostJsonAsync(Path, """{"prompt":"a"}""");
        GenerationRequest request = Assert.Single(app.Engine.Requests);
        Assert.Equal(256, request.MaxTokens);
        Assert.Equal([2, 0], request.EndTokens);
        SamplingOptions expected = new() { Temperature = 0.7f, TopP = 0.9f, TopK = 20, MinP = 0.05f, Seed = request.Sampling.Seed };
        Assert.Equal(expected, request.Sampling);
    }

    [Fact]
    public async Task Post_NoLimitAnywhere_TakesTheRestOfTheContext()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        await app.PostJsonAsync(Path, """{"prompt":[7,8,9]}""");
        Assert.Equal(1021, Assert.Single(app.Engine.Requests).MaxTokens);
    }

    [Fact]
    public async Task Post_NoSeed_DrawsOneForEachRequest()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        await app.PostJsonAsync(Path, """{"prompt":["a","a"]}""");
        Assert.Equal(2, app.Engine.Requests.Select(request => request.Sampling.Seed).Distinct().Count());
    }
}
