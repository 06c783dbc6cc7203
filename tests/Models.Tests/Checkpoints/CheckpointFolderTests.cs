namespace DaprMoE.Models.Tests.Checkpoints;

public sealed class CheckpointFolderTests
{
    [Fact]
    public void Open_NoSuchFolder_SaysWhatACheckpointHolds()
    {
        CheckpointException fault = Assert.Throws<CheckpointException>(() => CheckpointSummary.Of("/nowhere/model"));
        Assert.Contains("there is no such folder; a checkpoint folder holds config.json and", fault.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_EmptyFolder_NamesTheMissingConfig()
    {
        using TemporaryFolder folder = new();
        CheckpointException fault = Assert.Throws<CheckpointException>(() => CheckpointSummary.Of(folder.Path));
        Assert.Contains("holds no config.json", fault.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OtherFormat_NamesTheFileThatIsThere()
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe");
        File.Move(Path.Combine(model, "model.safetensors"), Path.Combine(model, "pytorch_model.bin"));
        CheckpointException fault = Assert.Throws<CheckpointException>(() => CheckpointSummary.Of(model));
        Assert.Contains("neither model.safetensors nor", fault.Fault, StringComparison.Ordinal);
        Assert.Contains("it holds pytorch_model.bin", fault.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileInsteadOfFolder_SaysSo()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.CopyModel("qwen3_moe"), "model.safetensors");
        Assert.Contains("is a file", Assert.Throws<CheckpointException>(() => Checkpoint.Open(file)).Fault, StringComparison.Ordinal);
    }

    /// <summary>A cache entry holds snapshots whose files are links to blobs beside them.</summary>
    [Fact]
    public void Open_HuggingFaceCacheEntry_FollowsRefAndLinks()
    {
        using TemporaryFolder folder = new();
        string entry = folder.File("models--test--qwen3");
        string snapshot = Directory.CreateDirectory(Path.Combine(entry, "snapshots", "abc123")).FullName;
        string blobs = Directory.CreateDirectory(Path.Combine(entry, "blobs")).FullName;
        Directory.CreateDirectory(Path.Combine(entry, "refs"));
        File.WriteAllText(Path.Combine(entry, "refs", "main"), "abc123");
        foreach (string file in Directory.EnumerateFiles(folder.CopyModel("qwen3_moe-sharded")))
        {
            string name = Path.GetFileName(file);
            File.Move(file, Path.Combine(blobs, $"blob-of-{name}"));
            File.CreateSymbolicLink(Path.Combine(snapshot, name), Path.Combine("..", "..", "blobs", $"blob-of-{name}"));
        }

        using Checkpoint checkpoint = Checkpoint.Open(entry);
        Assert.Equal(snapshot, checkpoint.Folder);
        using PackedModel model = folder.OpenPacked(entry);
        Assert.Empty(new Packing.PackedComparison(model, checkpoint).Differences());
        Assert.All(CheckpointSummary.Of(entry).Files, file => Assert.True(file.Bytes > 1000));
    }

    [Theory]
    [InlineData("../snapshots")]
    [InlineData("missing")]
    [InlineData("")]
    public void Resolve_RefThatIsNoSnapshot_IsNotFollowed(string reference)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("snapshots"));
        Directory.CreateDirectory(folder.File("refs"));
        File.WriteAllText(Path.Combine(folder.File("refs"), "main"), reference);
        CheckpointException fault = Assert.Throws<CheckpointException>(() => CheckpointFolder.Resolve(folder.Path));
        Assert.Equal(folder.Path, fault.Path);
    }
}
