using DaprMoE.Ports;

namespace DaprMoE.Cli.Tests;

/// <summary>Which state file a server takes.</summary>
public sealed class StatePlaceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-place-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TakeFor_SameModel_IsTheSameFileAfterARestart_AndAnotherBesideARunningServer()
    {
        string first;
        using (StatePlace one = StatePlace.TakeFor(_folder, "/models/tiny-moe/"))
        {
            first = one.File;
            using StatePlace beside = StatePlace.TakeFor(_folder, "/models/tiny-moe");
            Assert.NotEqual(first, beside.File);
        }

        using StatePlace again = StatePlace.TakeFor(_folder, "/models/tiny-moe");
        Assert.Equal(first, again.File);
    }

    [Fact]
    public void TakeFor_ModelsOfOneName_AreKeptApart()
    {
        using StatePlace one = StatePlace.TakeFor(_folder, "/a/tiny-moe");
        using StatePlace other = StatePlace.TakeFor(_folder, "/b/tiny-moe");
        Assert.NotEqual(one.File, other.File);
    }

    [Fact]
    public void Take_FileOfARunningServer_IsRefusedWithTheRemedy()
    {
        string file = Path.Combine(_folder, "mine.db");
        using StatePlace one = StatePlace.Take(file);
        StateStoreException refused = Assert.Throws<StateStoreException>(() => StatePlace.Take(file));
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.Contains("--state", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_DamagedStateFile_IsRefusedByNameWithTheRemedy_AndLeftAlone()
    {
        string file = Path.Combine(_folder, "damaged.db");
        byte[] damage = [.. Enumerable.Repeat((byte)'x', 5000)];
        await File.WriteAllBytesAsync(file, damage, TestContext.Current.CancellationToken);

        Run run = await Run.Of("serve", "--port", "0", "--devices", "2", "--state", file);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
        Assert.Contains("move it away", run.Error, StringComparison.Ordinal);
        Assert.Equal(damage, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }
}
