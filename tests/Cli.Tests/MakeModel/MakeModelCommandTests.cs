namespace DaprMoE.Cli.Tests;

public sealed class MakeModelCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-make-model").FullName;

    private string Model => Path.Combine(_folder, "model");

    [Fact]
    public async Task Sizes_Given_AreThoseOfTheCheckpoint()
    {
        Run made = await Run.Of(
            "make-model", "--out", Model, "--hidden", "64", "--layers", "2", "--experts", "4", "--top-k", "2", "--ffn", "32",
            "--heads", "4", "--kv-heads", "2", "--head-dim", "16", "--vocab", "128", "--max-positions", "256", "--dtype", "f16", "--tied");
        Run inspected = await Run.Of("inspect", Model);

        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        Snapshot.Match(inspected.Out.Replace(Model, "MODEL", StringComparison.Ordinal), "MakeModel_Inspected");
    }

    [Fact]
    public async Task Folder_WithACheckpoint_IsRefused()
    {
        await Run.Of("make-model", "--out", Model, "--vocab", "64", "--layers", "1", "--hidden", "32");
        Run again = await Run.Of("make-model", "--out", Model);

        Assert.Equal(3, again.ExitCode);
        Assert.Contains("already", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sizes_NotAllowed_AreNamedByOption_AllAtOnce()
    {
        Run run = await Run.Of(
            "make-model", "--out", Model, "--top-k", "9", "--experts", "8", "--kv-heads", "3", "--dtype", "int4", "--vocab", "many");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--top-k is 9; allowed are 1 to 8", run.Error, StringComparison.Ordinal);
        Assert.Contains("--dtype is int4", run.Error, StringComparison.Ordinal);
        Assert.Contains("--vocab is many", run.Error, StringComparison.Ordinal);
        Assert.Contains("--kv-heads is 3", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Model));
    }

    [Theory]
    [InlineData("--dtype", "int4", "--dtype is int4; it may be f32, bf16 or f16.")]
    [InlineData("--family", "gpt2", "--family is 'gpt2'; known are qwen3_moe")]
    public async Task Name_Unknown_IsRefused(string option, string value, string expected)
    {
        Run run = await Run.Of("make-model", "--out", Model, option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Out_Missing_IsRefused()
    {
        Run run = await Run.Of("make-model");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--out", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disk_TooSmall_NamesBytesNeededAndFree_AndLeavesNothing()
    {
        Run run = await Run.Of(
            "make-model", "--out", Path.Combine(_folder, "new", "model"),
            "--hidden", "65536", "--ffn", "65536", "--layers", "64", "--experts", "512");

        Assert.Equal(4, run.ExitCode);
        Assert.Matches(@"take [\d,]+ bytes, but its disk has [\d,]+ bytes free", run.Error);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task KvHeads_NoDivisor_NamesBothOptions()
    {
        Run run = await Run.Of("make-model", "--out", Model, "--heads", "3", "--kv-heads", "2");

        Assert.Contains("--kv-heads is 2; allowed are divisors of --heads, 3", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
