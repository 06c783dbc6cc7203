namespace DaprMoE.Cli.Tests;

public sealed class ProgramSearchTests
{
    private static readonly Dictionary<string, string> Variables = new()
    {
        ["DAPR_RUNTIME_PATH"] = "/runtime",
        ["HOME"] = "/home/me",
        ["PATH"] = "/usr/bin:/opt/dapr/.dapr/bin/",
    };

    [Theory]
    [InlineData("/runtime/.dapr/bin/dapr")]
    [InlineData("/runtime/bin/dapr")]
    [InlineData("/home/me/.dapr/bin/dapr")]
    [InlineData("/usr/bin/dapr")]
    public void Find_ProgramInAFolderOfDaprOrPath_IsItsPath(string file) => Assert.Equal(file, Search(file).Find("dapr"));

    [Fact]
    public void Find_ProgramInTwoFolders_IsTheOneOfTheRuntimePath() =>
        Assert.Equal("/runtime/.dapr/bin/placement", Search("/usr/bin/placement", "/runtime/.dapr/bin/placement").Find("placement"));

    [Theory]
    [InlineData("/home/me/.dapr/bin/daprd", true)]
    [InlineData("/opt/dapr/.dapr/bin/daprd", true)]
    [InlineData("/usr/bin/daprd", false)]
    public void FindDaprd_FolderThatDaprRunDoesNotTake_IsNone(string file, bool isFound) =>
        Assert.Equal(isFound ? file : null, Search(file).FindDaprd());

    [Fact]
    public void Find_NoVariables_IsNone() => Assert.Null(new ProgramSearch(new FakeMachine(), _ => null).Find("dapr"));

    private static ProgramSearch Search(params string[] files) => new(new FakeMachine { Files = [.. files] }, Variables.GetValueOrDefault);
}
