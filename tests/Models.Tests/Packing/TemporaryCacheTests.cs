using System.Runtime.Versioning;

namespace DaprMoE.Models.Tests.Packing;

[UnsupportedOSPlatform("windows")]
public sealed class TemporaryCacheTests
{
    [Fact]
    public void Prepare_IsOfThisUserAlone()
    {
        using TemporaryFolder folder = new();

        string path = TemporaryCache.Prepare(folder.Path)!;

        Assert.StartsWith(folder.File("daprmoe-cache-"), path, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        Assert.Equal(path, TemporaryCache.Prepare(folder.Path));
    }

    [Fact]
    public void Prepare_OpenToOthersOrALink_IsNotUsed()
    {
        using TemporaryFolder folder = new();
        string path = TemporaryCache.Prepare(folder.Path)!;

        File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
        Assert.Null(TemporaryCache.Prepare(folder.Path));

        Directory.Delete(path);
        Directory.CreateDirectory(folder.File("elsewhere"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateSymbolicLink(path, folder.File("elsewhere"));
        Assert.Null(TemporaryCache.Prepare(folder.Path));
    }
}
