using System.Net;
using System.Text.Json;
using DaprMoE.Inference;

namespace DaprMoE.Gateway.Tests;

public sealed class ChatCompletionsTests
{
    private const string Path = "/v1/chat/completions";
    private const string Body = """{"messages":[{"role":"user","content":"Hi"}]}""";
    private const string Streamed = """{"messages":[{"role":"user","content":"Hi"}],"stream":true}""";
    private const string StreamedWithUsage =
        """{"messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true}}""";

    private static readonly string[] TimingNames =
        ["queue_ms", "prompt_n", "prompt_ms", "prompt_per_second", "predicted_n", "predicted_ms", "predicted_per_second"];

    [Fact]
    public async Task Post_Conversation_AnswersInOpenAisShape()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        JsonElement answer = await app.PostJsonAsync(Path, Body);

        Assert.StartsWith("chatcmpl-", answer.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal("chat.completion", answer.GetProperty("object").GetString());
        Assert.True(answer.GetProperty("created").GetInt64() > 0);
        Assert.Equal(GatewayApp.Model, answer.GetProperty("model").GetString());
        JsonElement choice = Assert.Single(answer.GetProperty("choices").EnumerateArray());
        Assert.Equal(0, choice.GetProperty("index").GetInt32());
        Assert.Equal("assistant", choice.GetProperty("message").GetProperty("role").GetString());
        Assert.Equal(GatewayApp.Answer, choice.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        AssertFigures(answer, app);
    }

    [Fact]
    public async Task Post_Stream_SendsRolePiecesEndAndDone()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using HttpResponseMessage response = await app.PostAsync(Path, Streamed);
        List<string> events = await ServerSentEvents.ReadAllAsync(response);

        Assert.Equal("[DONE]", events[^1]);
        JsonElement[] chunks = [.. events.SkipLast(1).Select(data => JsonSerializer.Deserialize<JsonElement>(data))];
        Assert.All(chunks, chunk => Assert.Equal("chat.completion.chunk", chunk.GetProperty("object").GetString()));
        Assert.Single(chunks.Select(chunk => chunk.GetProperty("id").GetString()).Distinct());
        JsonElement[] choices = [.. chunks.Select(chunk => Assert.Single(chunk.GetProperty("choices").EnumerateArray()))];
        Assert.Equal("assistant", choices[0].GetProperty("delta").GetProperty("role").GetString());
        Assert.Equal(GatewayApp.Answer, string.Concat(choices.Select(Content)));
        Assert.Empty(choices[^1].GetProperty("delta").EnumerateObject());
        Assert.Equal("stop", choices[^1].GetProperty("finish_reason").GetString());
        Assert.All(choices.SkipLast(1), choice => Assert.Equal(JsonValueKind.Null, choice.GetProperty("finish_reason").ValueKind));
        Assert.Equal(TimingNames, chunks[^1].GetProperty("timings").EnumerateObject().Select(property => property.Name));
        Assert.All(chunks, chunk => Assert.False(chunk.TryGetProperty("usage", out _)));
    }

    [Fact]
    public async Task Post_StreamWithUsage_EndsWithUsageAndNoChoice()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        using HttpResponseMessage response = await app.PostAsync(Path, StreamedWithUsage);
        List<string> events = await ServerSentEvents.ReadAllAsync(response);

        JsonElement[] chunks = [.. events.SkipLast(1).Select(data => JsonSerializer.Deserialize<JsonElement>(data))];
        Assert.Empty(chunks[^1].GetProperty("choices").EnumerateArray());
        AssertFigures(chunks[^1], app);
        Assert.All(chunks.SkipLast(1), chunk => Assert.Equal(JsonValueKind.Null, chunk.GetProperty("usage").ValueKind));
    }

    [Fact]
    public async Task Post_Stream_SendsEachPieceWhenItComes()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        int[] tokens = [.. app.Engine.Answer!];
        app.Engine.Answer = null;
        using HttpResponseMessage response = await app.PostAsync(Path, Streamed);
        FakeSequence sequence = await app.Engine.NextAsync(TestContext.Current.CancellationToken);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Contains("assistant", await NextDataAsync(reader), StringComparison.Ordinal);

        foreach (int token in tokens)
        {
            sequence.Push(token);
            JsonElement chunk = JsonSerializer.Deserialize<JsonElement>(await NextDataAsync(reader));
            Assert.Equal(app.Tokenizer.Decode([token]), Content(chunk.GetProperty("choices")[0]));
        }

        sequence.End(FinishReason.Length);
        Assert.Contains("\"length\"", await NextDataAsync(reader), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Stop_CutsTheAnswer()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        JsonElement answer = await app.PostJsonAsync(
            Path, """{"messages":[{"role":"user","content":"Hi"}],"stop":["there","a ti"]}""");
        JsonElement choice = answer.GetProperty("choices")[0];
        Assert.Equal("Once upon ", choice.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Post_MaxTokens_EndsWithLength()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        JsonElement answer = await app.PostJsonAsync(Path, """{"messages":[{"role":"user","content":"Hi"}],"max_tokens":2}""");
        Assert.Equal("length", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(2, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Post_ErrorWhileStreaming_IsTheLastEvent()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        app.Engine.Answer = null;
        using HttpResponseMessage response = await app.PostAsync(Path, Streamed);
        FakeSequence sequence = await app.Engine.NextAsync(TestContext.Current.CancellationToken);
        sequence.Push(app.Tokenizer.Encode("One")[0]);
        sequence.End(FinishReason.Error);

        List<string> events = await ServerSentEvents.ReadAllAsync(response);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("internal_error", Errors.Read(JsonSerializer.Deserialize<JsonElement>(events[^1])).Code);
    }

    [Fact]
    public async Task Post_EngineFails_Is500WithRequestId()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        app.Engine.Answer = null;
        Task<HttpResponseMessage> asked = app.PostAsync(Path, Body);
        (await app.Engine.NextAsync(TestContext.Current.CancellationToken)).End(FinishReason.Error);
        using HttpResponseMessage response = await asked;
        ErrorBody error = await Errors.ReadAsync(response, HttpStatusCode.InternalServerError);
        Assert.Equal("server_error", error.Type);
        Assert.Contains(response.Headers.GetValues("x-request-id").Single(), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Body)]
    [InlineData(Streamed)]
    public async Task Post_ClientLeaves_CancelsTheSequence(string body)
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        app.Engine.Answer = null;
        using CancellationTokenSource leave = new();
        Task<HttpResponseMessage> asked = app.PostAsync(Path, body, leave.Token);
        FakeSequence sequence = await app.Engine.NextAsync(TestContext.Current.CancellationToken);
        sequence.Push(app.Tokenizer.Encode("One")[0]);
        if (body == Streamed)
        {
            (await asked).Dispose();
        }

        await leave.CancelAsync();
        await sequence.Cancelled.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Stop_WhileStreaming_EndsTheStreamWithAnError()
    {
        await using GatewayApp app = await GatewayApp.StartAsync();
        app.Engine.Answer = null;
        using HttpResponseMessage response = await app.PostAsync(Path, Streamed);
        FakeSequence sequence = await app.Engine.NextAsync(TestContext.Current.CancellationToken);
        Task stop = app.StopAsync();

        List<string> events = await ServerSentEvents.ReadAllAsync(response);
        Assert.Equal("shutting_down", Errors.Read(JsonSerializer.Deserialize<JsonElement>(events[^1])).Code);
        await sequence.Cancelled.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await stop;
    }

    private static void AssertFigures(JsonElement answer, GatewayApp app)
    {
        int prompt = Assert.Single(app.Engine.Requests).Prompt.Count;
        int completion = app.Engine.Answer!.Count;
        JsonElement usage = answer.GetProperty("usage");
        Assert.Equal(prompt, usage.GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(completion, usage.GetProperty("completion_tokens").GetInt32());
        Assert.Equal(prompt + completion, usage.GetProperty("total_tokens").GetInt32());
        JsonElement timings = answer.GetProperty("timings");
        Assert.Equal(TimingNames, timings.EnumerateObject().Select(property => property.Name));
        Assert.Equal(prompt, timings.GetProperty("prompt_n").GetInt32());
        Assert.Equal(completion, timings.GetProperty("predicted_n").GetInt32());
    }

    private static string? Content(JsonElement choice) =>
        choice.GetProperty("delta").TryGetProperty("content", out JsonElement content) ? content.GetString() : null;

    private static async Task<string> NextDataAsync(StreamReader reader)
    {
        string line = await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
        Assert.Equal("", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        return line["data: ".Length..];
    }
}
