namespace DaprMoE.Cli.Tests;

public sealed class TokenizeCommandTests
{
    [Fact]
    public async Task Text_PrintsIdsAndPieces()
    {
        Run run = await Run.Of("tokenize", "A fox\nand 12 lanterns.");

        Assert.Equal(0, run.ExitCode);
        Snapshot.Match(run.Out, "Tokenize_Plain");
    }

    [Fact]
    public async Task Json_PrintsIdsAndPieces()
    {
        Run run = await Run.With("A fox\nand 12 lanterns.\n", "tokenize", "-", "--json");

        Snapshot.Match(run.Out, "Tokenize_Json");
    }

    [Fact]
    public async Task Folder_WithoutTokenizer_IsNamed()
    {
        Run run = await Run.Of("tokenize", "A fox", "--model", "tests");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("tokenizer.json", run.Error, StringComparison.Ordinal);
    }
}
