using System.Text.Json;

namespace DaprMoE.Cli.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Version_IsOneLine()
    {
        Run run = await Run.Of("--version");

        Assert.Equal((0, "daprmoe 0.1.0\n"), (run.ExitCode, run.Out));
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("--frobnicate")]
    public async Task UnknownWord_OneLineThatNamesIt_ExitCode2(string word)
    {
        Run run = await Run.Of(word);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(word, run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Help_RequiredOptionMissing_IsShownAllTheSame()
    {
        Run help = await Run.Of("make-model", "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("--out", help.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Context_LongerThanTheModels_NamesBothAndIsRefused()
    {
        Run run = await Run.Of("complete", "x", "--context", "4096");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("4096", run.Error, StringComparison.Ordinal);
        Assert.Contains("1024", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoWords_ShowsHelp()
    {
        Run bare = await Run.Of();
        Run help = await Run.Of("--help");

        Assert.Equal((0, help.Out), (bare.ExitCode, bare.Out));
        Assert.Contains("Exit codes:", help.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no option --temprature; did you mean --temperature?", "chat", "--temprature", "0", "hi")]
    [InlineData("There is no option --temprature; did you mean --temperature?", "chat", "--temprature=0", "hi")]
    [InlineData("There is no option --jsn; did you mean --json?", "inspect", "--jsn")]
    [InlineData("There is no option --frobnicate.", "complete", "--frobnicate")]
    [InlineData("There is no command chta; did you mean chat?", "chta")]
    [InlineData("There is no command make; did you mean make-model?", "make")]
    [InlineData("'world' is one word too many", "chat", "hello", "world")]
    public async Task UnknownWord_IsTheOneThatIsNamed_WithTheNearest(string expected, params string[] words)
    {
        Run run = await Run.Of(words);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("daprmoe: " + expected, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("tokenize", "--json", "--", "--temprature")]
    [InlineData("tokenize", "--json", "--", "--json")]
    [InlineData("tokenize", "-5 + 3")]
    [InlineData("tokenize", "-- a story")]
    public async Task Text_ThatBeginsWithADash_IsTaken(params string[] words)
    {
        Run run = await Run.Of(words);

        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Values_SeveralWrong_AreAllNamed()
    {
        Run run = await Run.Of("chat", "hi", "--temperature", "3", "--top-p", "0", "--threads", "0", "--frob", "1");

        string[] lines = run.Error.TrimEnd().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.All(
            ["--frob", "--temperature is 3", "--top-p is 0", "--threads is 0"],
            fault => Assert.Contains(fault, run.Error, StringComparison.Ordinal));
        Assert.EndsWith("See `daprmoe chat --help`.", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--out is empty", "make-model", "--out", "")]
    [InlineData("--model is empty", "chat", "hi", "--model", " ")]
    [InlineData("--model-id is empty", "serve", "--model-id", "")]
    [InlineData("--threads is empty", "bench", "--threads", "")]
    [InlineData("The model's folder is empty", "inspect", "")]
    public async Task Value_Empty_IsRefused(string expected, params string[] words)
    {
        Run run = await Run.Of(words);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("daprmoe: " + expected, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData(2, "chat", "hi", "--temperature", "3", "--json")]
    [InlineData(2, "frobnicate", "--json")]
    [InlineData(3, "inspect", "no+where", "--json")]
    public async Task Json_Error_IsAnObjectOnStandardOutput(int exitCode, params string[] words)
    {
        Run run = await Run.Of(words);

        using JsonDocument output = JsonDocument.Parse(run.Out);
        JsonElement error = output.RootElement.GetProperty("error");
        Assert.Equal((exitCode, exitCode), (run.ExitCode, error.GetProperty("exit_code").GetInt32()));
        Assert.StartsWith("daprmoe: " + error.GetProperty("message").GetString(), run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u002B", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_Json_IsAnObject()
    {
        Run run = await Run.Of("--version", "--json");

        Assert.Equal((0, "{\"version\":\"0.1.0\"}\n"), (run.ExitCode, run.Out));
    }

    [Theory]
    [InlineData("--help", "help")]
    [InlineData("chat --help", "help chat")]
    public async Task Help_AsACommand_IsTheOption(string option, string command)
    {
        Run expected = await Run.Of(option.Split(' '));
        Run run = await Run.Of(command.Split(' '));

        Assert.Equal((0, expected.Out), (run.ExitCode, run.Out));
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("verify")]
    public async Task Folder_ThatIsAFile_IsRefused(string command)
    {
        Run run = await Run.Of(command, "README.md");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("README.md is a file", run.Error, StringComparison.Ordinal);
    }
}
