using System.Globalization;
using System.Text.Json;

namespace DaprMoE.Cli.Tests;

public sealed class InteractiveChatTests
{
    [Fact]
    public async Task Lines_AreAnsweredOneByOne_UntilTheEnd()
    {
        Run run = await Run.With("What is 7 + 5?\n\nWhat is 3 + 4?\n", "chat", "--temperature", "0");

        Assert.Equal((0, "7 + 5 = 12.\n3 + 4 = 7.\n"), (run.ExitCode, run.Out));
    }

    [Fact]
    public async Task Exit_Leaves()
    {
        Run run = await Run.With("/exit\nWhat is 7 + 5?\n", "chat", "--temperature", "0");

        Assert.Equal((0, ""), (run.ExitCode, run.Out));
    }

    [Fact]
    public async Task Reset_ForgetsWhatWasSaid()
    {
        Run fresh = await Run.With("What is 3 + 4?\n", "chat", "--temperature", "0", "--stats");
        Run reset = await Run.With("What is 7 + 5?\n/reset\nWhat is 3 + 4?\n", "chat", "--temperature", "0", "--stats");

        Assert.Equal(PromptTokens(fresh.Error)[0], PromptTokens(reset.Error)[1]);
    }

    [Fact]
    public async Task History_IsPartOfTheNextPrompt()
    {
        Run run = await Run.With("What is 7 + 5?\nWhat is 3 + 4?\n", "chat", "--temperature", "0", "--stats");

        // The second prompt holds the first one, its answer of nine tokens, and the question.
        int[] tokens = PromptTokens(run.Error);
        Assert.True(tokens[1] > tokens[0] + 9 + 10, $"{tokens[0]} and {tokens[1]} tokens");
    }

    [Fact]
    public async Task Conversation_LongerThanTheContext_SaysSo_AndGoesOn()
    {
        string longQuestion = string.Concat(Enumerable.Repeat("Tell me about the fox. ", 20));

        Run run = await Run.With($"{longQuestion}\nWhat is 7 + 5?\n", "chat", "--temperature", "0", "--context", "64");

        Assert.Equal((1, "7 + 5 = 12.\n"), (run.ExitCode, run.Out));
        Assert.Contains("the context holds 64", run.Error, StringComparison.Ordinal);
        Assert.Contains("/reset", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("more", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversation_LongerThanTheContext_Json_HasALineForTheError()
    {
        string longQuestion = string.Concat(Enumerable.Repeat("Tell me about the fox. ", 20));

        Run run = await Run.With($"{longQuestion}\nWhat is 7 + 5?\n", "chat", "--temperature", "0", "--context", "64", "--json");

        string[] lines = run.Out.TrimEnd().Split('\n');
        Assert.Equal((1, 2), (run.ExitCode, lines.Length));
        using JsonDocument error = JsonDocument.Parse(lines[0]);
        Assert.Contains("64", error.RootElement.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("7 + 5 = 12.", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_PrintsALinePerAnswer()
    {
        Run run = await Run.With("What is 7 + 5?\nWhat is 3 + 4?\n", "chat", "--temperature", "0", "--json");

        Assert.Equal(2, run.Out.TrimEnd().Split('\n').Length);
    }

    private static int[] PromptTokens(string stats) =>
        [.. stats.TrimEnd().Split('\n').Select(line => int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture))];
}
