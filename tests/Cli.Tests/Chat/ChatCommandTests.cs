using System.Text.Json;

namespace DaprMoE.Cli.Tests;

public sealed class ChatCommandTests
{
    [Fact]
    public async Task Prompt_Greedy_AnswersAlikeEachTime()
    {
        Run run = await Run.Of("chat", "What is 7 + 5?", "--temperature", "0");

        Assert.Equal((0, "7 + 5 = 12.\n", ""), (run.ExitCode, run.Out, run.Error));
    }

    [Fact]
    public async Task Json_IsOneObject()
    {
        Run run = await Run.Of("chat", "What is 7 + 5?", "--temperature", "0", "--json");
        using JsonDocument answer = JsonDocument.Parse(run.Out);

        Assert.Equal("7 + 5 = 12.", answer.RootElement.GetProperty("text").GetString());
        Assert.Equal("stop", answer.RootElement.GetProperty("finish_reason").GetString());
        Assert.Equal("tiny-moe", answer.RootElement.GetProperty("model").GetString());
        JsonElement usage = answer.RootElement.GetProperty("usage");
        Assert.Equal((19, 28), (usage.GetProperty("prompt_tokens").GetInt32(), usage.GetProperty("total_tokens").GetInt32()));
        Assert.True(answer.RootElement.GetProperty("timings").GetProperty("first_token_ms").GetDouble() > 0);
    }

    [Fact]
    public async Task Prompt_FromStandardInput()
    {
        Run run = await Run.With("What is 7 + 5?\n", "chat", "-", "--temperature", "0");

        Assert.Equal("7 + 5 = 12.\n", run.Out);
    }

    [Fact]
    public async Task Seed_Same_GivesTheSameAnswer()
    {
        string[] words = ["chat", "Tell me a story about a fox and a lantern.", "--temperature", "1", "--max-tokens", "24"];

        Run one = await Run.Of([.. words, "--seed", "5"]);
        Run again = await Run.Of([.. words, "--seed", "5"]);
        Run other = await Run.Of([.. words, "--seed", "6"]);

        Assert.Equal(one.Out, again.Out);
        Assert.NotEqual(one.Out, other.Out);
    }

    [Fact]
    public async Task Threads_OtherNumber_GivesTheSameAnswer()
    {
        string[] words = ["chat", "Tell me a story about a fox and a lantern.", "--seed", "5", "--max-tokens", "24"];

        Run one = await Run.Of([.. words, "--threads", "1"]);
        Run two = await Run.Of([.. words, "--threads", "2"]);

        Assert.Equal(one.Out, two.Out);
    }

    [Fact]
    public async Task Stats_AreOneLineOnStandardError()
    {
        Run run = await Run.Of("chat", "What is 7 + 5?", "--temperature", "0", "--stats");

        Assert.Matches(@"^\[prompt 19 tokens, .*; first token after \d+ ms; answer 9 tokens, .*; stop; seed 7\]\n$", run.Error);
    }

    [Fact]
    public async Task Context_TooShort_SaysBothLengths()
    {
        Run run = await Run.Of("chat", "What is 7 + 5?", "--context", "32", "--max-tokens", "20");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            "daprmoe: The prompt has 19 tokens and --max-tokens asks for 20 more; the context holds 32. "
                + "Shorten the prompt or lower --max-tokens.\n",
            run.Error);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("  \t", "")]
    [InlineData("-", "")]
    [InlineData("-", " \n\n")]
    public async Task Prompt_Blank_IsRefused(string prompt, string input)
    {
        Run run = await Run.With(input, "chat", prompt);

        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains("empty", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompt_NotUtf8_IsRefused()
    {
        using MemoryStream bytes = new([0x57, 0xff, 0xfe, 0x0a]);
        using StreamReader input = Terminal.Reader(bytes);

        Run run = await Run.Reading(input, "chat", "-");

        Assert.Equal((3, "daprmoe: Standard input is not valid UTF-8.\n"), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData(1024, "3", "[cut after 3 tokens: --max-tokens]")]
    [InlineData(24, null, "[cut: the context of 24 tokens is full]")]
    public async Task Answer_Cut_SaysWhy_WithStats(int context, string? maxTokens, string expected)
    {
        string[] limit = maxTokens is null ? [] : ["--max-tokens", maxTokens];

        Run run = await Run.Of(["chat", "What is 7 + 5?", "--temperature", "0", "--context", $"{context}", "--stats", .. limit]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--temperature", "3", "--temperature is 3; it may be 0 to 2.")]
    [InlineData("--top-p", "0", "--top-p is 0; it may be above 0, to 1.")]
    [InlineData("--threads", "0", "--threads is 0; it may be 1 to 1024.")]
    [InlineData("--max-tokens", "many", "--max-tokens is many; it may be 1 or more.")]
    public async Task Option_OutOfRange_IsRefused(string option, string value, string expected)
    {
        Run run = await Run.Of("chat", "Hello", option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_Missing_OneLineThatNamesTheFolder()
    {
        Run run = await Run.Of("chat", "Hello", "--model", "nowhere");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(Path.Combine(Repository.Root, "nowhere"), run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Model_WithoutTokenizer_SaysSo()
    {
        Run run = await Run.Of("chat", "Hello", "--model", "tests/fixtures/models/qwen3_moe");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("tokenizer.json", run.Error, StringComparison.Ordinal);
    }
}
