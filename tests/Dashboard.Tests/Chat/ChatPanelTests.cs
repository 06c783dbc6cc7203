namespace DaprMoE.Dashboard.Tests;

public sealed class ChatPanelTests
{
    [Fact]
    public async Task Send_StreamsTheAnswer_AndKeepsTheConversation()
    {
        await using PageContext page = new();
        IRenderedComponent<ChatPanel> chat = page.Render<ChatPanel>();

        Task sending = await AskAsync(chat, "Who are you?");
        await page.Source.Answer.Writer.WriteAsync("A ", TestContext.Current.CancellationToken);
        await page.Source.Answer.Writer.WriteAsync("fox.", TestContext.Current.CancellationToken);
        AssertShown(page, chat, "A fox.");
        page.Source.Answer.Writer.Complete();
        await sending;

        Assert.Equal(["user: Who are you?", "assistant: A fox."], chat.FindAll(".turn").Select(turn => turn.TextContent));
        Assert.Empty(chat.FindAll("[aria-busy]"));
        Assert.Equal([new ChatTurn("user", "Who are you?")], page.Source.Conversations[0]);
    }

    [Fact]
    public async Task Stop_KeepsWhatHasCome()
    {
        await using PageContext page = new();
        IRenderedComponent<ChatPanel> chat = page.Render<ChatPanel>();

        Task sending = await AskAsync(chat, "Go on");
        await page.Source.Answer.Writer.WriteAsync("Once upon", TestContext.Current.CancellationToken);
        AssertShown(page, chat, "Once upon");
        await chat.FindAll("button").Single(button => button.TextContent.Contains("Stop", StringComparison.Ordinal)).ClickAsync();
        await sending;

        Assert.Equal("assistant: Once upon", chat.FindAll(".turn")[1].TextContent);
    }

    [Fact]
    public async Task Refused_SaysWhy()
    {
        await using PageContext page = new();
        page.Source.AnswerFault = new ChatRefusedException("The queue is full.");
        IRenderedComponent<ChatPanel> chat = page.Render<ChatPanel>();

        await await AskAsync(chat, "Hello");

        Assert.Equal("The queue is full.", chat.Find("[role=alert]").TextContent);
    }

    [Fact]
    public async Task Empty_IsNotSent()
    {
        await using PageContext page = new();
        IRenderedComponent<ChatPanel> chat = page.Render<ChatPanel>();

        await await AskAsync(chat, "   ");

        Assert.Empty(page.Source.Conversations);
    }

    [Fact]
    public async Task Conversation_IsBounded()
    {
        await using PageContext page = new();
        page.Source.Answer.Writer.TryWrite("yes");
        page.Source.Answer.Writer.Complete();
        IRenderedComponent<ChatPanel> chat = page.Render<ChatPanel>();

        for (int question = 0; question < 30; question++)
        {
            await await AskAsync(chat, $"question {question}");
        }

        Assert.InRange(page.Source.Conversations[^1].Count, 1, 20);
        Assert.Equal("question 29", page.Source.Conversations[^1][^1].Text);
        Assert.Equal("user", page.Source.Conversations[^1][0].Role);
    }

    [Fact]
    public async Task ModelThatCantChat_SaysSo()
    {
        await using PageContext page = new();
        IRenderedComponent<ChatPanel> chat = page.Render<ChatPanel>(set => set.Add(c => c.Refusal, Snapshots.Why));

        Assert.Contains(Snapshots.Why, chat.Markup, StringComparison.Ordinal);
        Assert.Empty(chat.FindAll("form"));
    }

    /// <summary>Lets time pass until a text of the running answer is there.</summary>
    private static void AssertShown(PageContext page, IRenderedComponent<ChatPanel> chat, string text) => Assert.True(SpinWait.SpinUntil(
        () =>
        {
            page.Clock.Advance(TimeSpan.FromMilliseconds(100));
            return chat.Find("[aria-busy]").TextContent.Contains(text, StringComparison.Ordinal);
        },
        TimeSpan.FromSeconds(10)));

    /// <summary>Types and submits; the result ends when the answer does.</summary>
    private static async Task<Task> AskAsync(IRenderedComponent<ChatPanel> chat, string text)
    {
        await chat.Find(".chat-form input").ChangeAsync(text);
        return chat.Find("form").SubmitAsync();
    }
}
