using System.Text;
using OpenAI.Chat;

namespace DaprMoE.Api.Tests;

public sealed class ChatTests(SharedGateway gateway)
{
    private static readonly ChatMessage[] Story = [new UserChatMessage("Tell me a story about a fox and a lantern.")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CompleteChat_Greedy_AnswersWithUsage()
    {
        ChatCompletion answer = await gateway.Chat.CompleteChatAsync(Story, Greedy(), Cancel);
        Assert.StartsWith("chatcmpl-", answer.Id, StringComparison.Ordinal);
        Assert.Equal(SharedGateway.Model, answer.Model);
        Assert.Equal(ChatMessageRole.Assistant, answer.Role);
        Assert.Contains("fox", Assert.Single(answer.Content).Text, StringComparison.OrdinalIgnoreCase);
        Assert.True(answer.Usage.InputTokenCount > 0);
        Assert.True(answer.Usage.OutputTokenCount > 0);
        Assert.Equal(answer.Usage.InputTokenCount + answer.Usage.OutputTokenCount, answer.Usage.TotalTokenCount);
    }

    [Fact]
    public async Task CompleteChatStreaming_Greedy_IsTheWholeAnswerInPieces()
    {
        ChatCompletion whole = await gateway.Chat.CompleteChatAsync(Story, Greedy(), Cancel);
        StringBuilder text = new();
        ChatTokenUsage? usage = null;
        ChatFinishReason? finish = null;
        await foreach (StreamingChatCompletionUpdate update in gateway.Chat.CompleteChatStreamingAsync(Story, Greedy(), Cancel))
        {
            text.Append(string.Concat(update.ContentUpdate.Select(part => part.Text)));
            usage = update.Usage ?? usage;
            finish = update.FinishReason ?? finish;
        }

        Assert.Equal(whole.Content[0].Text, text.ToString());
        Assert.Equal(whole.FinishReason, finish);
        Assert.Equal(whole.Usage.TotalTokenCount, usage?.TotalTokenCount);
    }

    [Fact]
    public async Task CompleteChat_MaxTokens_EndsByLength()
    {
        ChatCompletionOptions options = new() { Temperature = 0, MaxOutputTokenCount = 3 };
        ChatCompletion answer = await gateway.Chat.CompleteChatAsync(Story, options, Cancel);
        Assert.Equal(ChatFinishReason.Length, answer.FinishReason);
        Assert.Equal(3, answer.Usage.OutputTokenCount);
    }

    [Fact]
    public async Task CompleteChat_StopSequence_CutsTheAnswer()
    {
        ChatCompletion whole = await gateway.Chat.CompleteChatAsync(Story, Greedy(), Cancel);
        string text = whole.Content[0].Text;
        string stop = text.Substring(text.Length / 2, 6);
        ChatCompletionOptions options = Greedy();
        options.StopSequences.Add(stop);

        ChatCompletion cut = await gateway.Chat.CompleteChatAsync(Story, options, Cancel);
        Assert.Equal(text[..text.IndexOf(stop, StringComparison.Ordinal)], cut.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, cut.FinishReason);
    }

    [Fact]
    public async Task CompleteChat_SameSeed_GivesTheSameAnswer()
    {
        ChatCompletion first = await gateway.Chat.CompleteChatAsync(Story, Seeded(7), Cancel);
        ChatCompletion second = await gateway.Chat.CompleteChatAsync(Story, Seeded(7), Cancel);
        ChatCompletion other = await gateway.Chat.CompleteChatAsync(Story, Seeded(8), Cancel);
        Assert.Equal(first.Content[0].Text, second.Content[0].Text);
        Assert.NotEqual(first.Content[0].Text, other.Content[0].Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CompleteChatStreaming_SixteenAtOnce_GiveTheTextOfEachAlone(bool seeded)
    {
        string[] things = ["a fox", "a lantern", "a rabbit", "the moon"];
        string[] questions = [.. Enumerable.Range(0, 16).Select(i => $"Tell me a story about {things[i % 4]} and {things[i / 4]}.")];
        List<string> alone = [];
        for (int i = 0; i < questions.Length; i++)
        {
            alone.Add(await StreamAsync(questions[i], seeded ? Seeded(i) : Greedy()));
        }

        string[] together = await Task.WhenAll(questions.Select((question, i) => StreamAsync(question, seeded ? Seeded(i) : Greedy())));
        Assert.Equal(alone, together);
    }

    private async Task<string> StreamAsync(string question, ChatCompletionOptions options)
    {
        StringBuilder text = new();
        await foreach (StreamingChatCompletionUpdate update in gateway.Chat.CompleteChatStreamingAsync(
            [new UserChatMessage(question)], options, Cancel))
        {
            text.Append(string.Concat(update.ContentUpdate.Select(part => part.Text)));
        }

        return text.ToString();
    }

    private static ChatCompletionOptions Greedy() => new() { Temperature = 0, MaxOutputTokenCount = 60 };

    private static ChatCompletionOptions Seeded(long seed) => new()
    {
        Temperature = 1,
        TopP = 0.95f,
        Seed = seed,
        MaxOutputTokenCount = 60,
    };
}
