namespace DaprMoE.Models.Tests.Packing;

public sealed class PackLocationTests
{
    [Fact]
    public void Open_WritableFolder_PacksBesideTheCheckpoint()
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe");
        using PackedModel packed = TemporaryFolder.Open(model, new PackOptions { CacheFolder = folder.File("cache") });
        Assert.Equal(Path.Combine(model, "daprmoe.packed"), packed.Path);
        Assert.False(Directory.Exists(folder.File("cache")));
    }

    [Fact]
    public void Open_FolderThatCannotBeWritten_PacksIntoTheCacheAndFindsItAgain()
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe");
        ForbidWriting(model);
        PackOptions options = new() { CacheFolder = folder.File("cache") };
        string path;
        using (PackedModel packed = TemporaryFolder.Open(model, options))
        {
            path = packed.Path;
            Assert.StartsWith(folder.File("cache/model-"), path, StringComparison.Ordinal);
        }

        PackPhases phases = new();
        using PackedModel again = TemporaryFolder.Open(model, options, phases);
        Assert.Equal(path, again.Path);
        Assert.Empty(phases.Reports);
    }

    [Fact]
    public void Open_NoFolderCanBeWritten_NamesThoseTried()
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe");
        ForbidWriting(model);
        File.WriteAllText(folder.File("cache"), "a file where the cache should be");
        CheckpointException fault = Assert.Throws<CheckpointException>(
            () => TemporaryFolder.Open(model, new PackOptions { CacheFolder = folder.File("cache") }));
        Assert.Contains(folder.File("cache/model-"), fault.Message, StringComparison.Ordinal);
        Assert.Contains("make one of them writable", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>What a mount that became read-only after an earlier packing answers.</summary>
    [Fact]
    public void Open_ReadOnlyFolderWithAnOldLock_PacksIntoTheCacheWithoutWaiting()
    {
        const int ReadOnlyFileSystem = 30;
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe");
        File.WriteAllText(Path.Combine(model, "daprmoe.packed.lock"), "");
        PackOptions options = new()
        {
            CacheFolder = folder.File("cache"),
            LockTimeout = TimeSpan.Zero,
            OpenLock = path => path.StartsWith(model, StringComparison.Ordinal)
                ? throw new IOException("Read-only file system", ReadOnlyFileSystem)
                : PackLock.Open(path),
        };
        PackPhases phases = new();
        using PackedModel packed = TemporaryFolder.Open(model, options, phases);
        Assert.StartsWith(folder.File("cache/model-"), packed.Path, StringComparison.Ordinal);
        Assert.DoesNotContain(phases.Reports, report => report.Phase == PackPhase.Waiting);
    }

    [Theory]
    [InlineData("/cache", "/home/me", "/cache/daprmoe")]
    [InlineData("relative", "/home/me", "/home/me/.cache/daprmoe")]
    [InlineData(null, "/home/me", "/home/me/.cache/daprmoe")]
    [InlineData("", "", null)]
    [InlineData(null, null, null)]
    [InlineData(null, "relative", null)]
    public void UserCache_IsAbsolute_OrNone(string? cacheHome, string? home, string? expected)
    {
        Assert.Equal(expected, PackLocation.UserCache(cacheHome, home));
    }

    /// <summary>Root may write whatever the mode says, but nobody can open a folder as a file.</summary>
    private static void ForbidWriting(string folder) => Directory.CreateDirectory(Path.Combine(folder, "daprmoe.packed.lock"));
}
