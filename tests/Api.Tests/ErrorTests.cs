using System.ClientModel;
using System.Text.Json;
using OpenAI.Chat;

namespace DaprMoE.Api.Tests;

public sealed class ErrorTests(SharedGateway gateway)
{
    private static readonly ChatMessage[] Hello = [new UserChatMessage("Hello")];

    [Fact]
    public async Task CompleteChat_OtherModel_Is404()
    {
        ChatClient other = gateway.OpenAI.GetChatClient("gpt-5");
        await AssertErrorAsync(
            () => other.CompleteChatAsync(Hello, null, TestContext.Current.CancellationToken), 404, "model_not_found", "model");
    }

    [Fact]
    public Task CompleteChat_TemperatureOutOfRange_Is400() =>
        AssertErrorAsync(() => ChatAsync(new() { Temperature = 3 }), 400, "invalid_value", "temperature");

    [Fact]
    public Task CompleteChat_MoreThanTheContext_Is400() =>
        AssertErrorAsync(() => ChatAsync(new() { MaxOutputTokenCount = 100_000 }), 400, "context_length_exceeded", "messages");

    [Fact]
    public Task CompleteChat_Tools_AreRefusedByName() =>
        AssertErrorAsync(
            () => ChatAsync(new() { Tools = { ChatTool.CreateFunctionTool("weather") } }), 400, "unsupported_parameter", "tools");

    [Fact]
    public Task CompleteChat_JsonFormat_IsRefusedByName() =>
        AssertErrorAsync(
            () => ChatAsync(new() { ResponseFormat = ChatResponseFormat.CreateJsonObjectFormat() }),
            400, "unsupported_parameter", "response_format");

    [Fact]
    public Task CompleteChat_Image_IsRefusedByPlace()
    {
        UserChatMessage image = new(ChatMessageContentPart.CreateImagePart(new Uri("http://localhost/a.png")));
        return AssertErrorAsync(
            () => gateway.Chat.CompleteChatAsync([image], null, TestContext.Current.CancellationToken),
            400, "unsupported_parameter", "messages[0].content[0].type");
    }

    [Fact]
    public async Task Embeddings_NotThereYet_Is501() =>
        await AssertErrorAsync(
            () => gateway.OpenAI.GetEmbeddingClient("tiny-moe").GenerateEmbeddingAsync("a", null, TestContext.Current.CancellationToken),
            501, "not_implemented", null);

    private Task<ClientResult<ChatCompletion>> ChatAsync(ChatCompletionOptions options) =>
        gateway.Chat.CompleteChatAsync(Hello, options, TestContext.Current.CancellationToken);

    private static async Task AssertErrorAsync<T>(Func<Task<ClientResult<T>>> ask, int status, string code, string? parameter)
    {
        ClientResultException exception = await Assert.ThrowsAsync<ClientResultException>(ask);
        Assert.Equal(status, exception.Status);
        JsonElement error = exception.GetRawResponse()!.Content.ToObjectFromJson<JsonElement>().GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal(parameter, error.GetProperty("param").GetString());
    }
}
