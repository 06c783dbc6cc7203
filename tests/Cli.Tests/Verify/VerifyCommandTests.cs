using System.Text.Json;

namespace DaprMoE.Cli.Tests;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-verify").FullName;

    public static TheoryData<string> Models =>
        [.. new DirectoryInfo(Path.Combine(Repository.Fixtures, "models")).GetDirectories().Select(folder => folder.Name).Order()];

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task PolicyVectors_OfWhatIsNotBuilt_FailOnlyWhenStrict(bool strict, int exitCode)
    {
        Run run = await Run.Of(["verify", Path.Combine(Repository.Fixtures, "policies"), .. strict ? new[] { "--strict" } : []]);

        Assert.True(run.ExitCode == exitCode, run.Out + run.Error);
        Assert.Contains("remoe-mmp.json", run.Out, StringComparison.Ordinal);
        Assert.Contains("not supported", run.Out, StringComparison.Ordinal);
        Assert.Contains("bills.json", run.Out, StringComparison.Ordinal);
        Assert.Matches(@"routing\.json\s.*44 cases", run.Out);
        Assert.DoesNotContain("all ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MalformedFiles_BehaveAsTheManifestSays()
    {
        Run run = await Run.Of("verify", Path.Combine(Repository.Fixtures, "safetensors-bad"));

        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        Assert.Contains("all 38 checks hold", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MalformedFile_ExpectedToBeCorrect_FailsTheCheck()
    {
        string file = Path.Combine(_folder, "broken.safetensors");
        await File.WriteAllBytesAsync(file, [1, 2, 3], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "manifest.json"),
            """{"safetensors_version":"0.8.0","entries":[{"file":"broken.safetensors","expect":"accept"}]}""",
            TestContext.Current.CancellationToken);

        Run run = await Run.Of("verify", _folder);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("FAILED", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Fixture_HoldsAtItsTolerance(string name)
    {
        Run run = await Run.Of("verify", Path.Combine(Repository.Fixtures, "models", name));

        Assert.True(run.ExitCode == 0, run.Out + run.Error);
    }

    [Fact]
    public async Task BundledModel_ChecksEverythingOfTheGoldenFiles()
    {
        Run run = await Run.Of("verify", "--json");
        using JsonDocument result = JsonDocument.Parse(run.Out);
        List<string> checks = result.RootElement.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()!).ToList();

        Assert.Equal(0, run.ExitCode);
        Assert.True(result.RootElement.GetProperty("ok").GetBoolean());
        Assert.All(["logits_p1", "logits_p17", "logits_p70_last4", "greedy_tokens", "greedy_logits", "batch.3"], name => Assert.Contains(name, checks));
        Assert.All(["hidden_mid.5", "hidden.5", "router.5.logits", "router.5.experts", "router.5.weights"], name => Assert.Contains(name, checks));
        Assert.Equal(39, checks.Count);
    }

    [Fact]
    public async Task Checkpoint_WithOtherWeights_Fails_AndNamesWhatDiffers()
    {
        Copy(Repository.Fixtures + "/models/qwen3_moe-f32");
        Flip(Path.Combine(_folder, "model.safetensors"));

        Run run = await Run.Of("verify", _folder);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("FAILED", run.Out, StringComparison.Ordinal);
        Assert.Contains("checks failed", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokenizers/qwen3")]
    [InlineData("tokenizers/tiny-moe")]
    [InlineData("chat-templates/chatml-basic")]
    [InlineData("chat-templates/qwen3-style")]
    public async Task Text_Holds(string name)
    {
        Run run = await Run.Of("verify", Path.Combine(Repository.Fixtures, name));

        Assert.True(run.ExitCode == 0, run.Out + run.Error);
    }

    [Fact]
    public async Task Template_WithConversationsElsewhere_Holds()
    {
        Copy(Repository.Fixtures + "/chat-templates/chatml-basic");

        Run without = await Run.Of("verify", _folder);
        Run with = await Run.Of("verify", _folder, "--with", Repository.Fixtures + "/chat-templates");

        Assert.Equal((3, 0), (without.ExitCode, with.ExitCode));
        Assert.Contains("conversations.json", without.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_WithNothingToVerify_SaysWhatIsTaken()
    {
        Run run = await Run.Of("verify", _folder);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("golden.json", run.Error, StringComparison.Ordinal);
        Assert.Contains("cases.json", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_OfNoUse_IsRefused()
    {
        Run run = await Run.Of("verify", Path.Combine(Repository.Fixtures, "tokenizers", "tiny-moe"), "--with", _folder);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is checked as a tokenizer", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_OfOneKind_AreTheFirstTen_AndACount()
    {
        IEnumerable<Check> layers = Enumerable.Range(0, 13).Select(i => new Check($"hidden.{i}", i == 0));
        VerifyResult result = new("x", "checkpoint", [.. layers, new Check("alone", false)]);

        Table failures = VerifyTable.FailuresOf(result, out int more);

        Assert.Equal((2, 10, 2), (VerifyTable.Of(result).Rows.Count, failures.Rows.Count, more));
        Assert.Equal("hidden.1", failures.Rows[0][0].Text);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Copy(string folder)
    {
        foreach (string file in Directory.GetFiles(folder))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }
    }

    /// <summary>Negates the last value of a file of f32 tensors.</summary>
    private static void Flip(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 0x80;
        File.WriteAllBytes(path, bytes);
    }
}
