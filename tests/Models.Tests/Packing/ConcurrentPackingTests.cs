using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Models.Tests.Packing;

public sealed class ConcurrentPackingTests
{
    [Fact]
    public async Task Open_ManyAtOnce_PackOnceAndAllSeeTheSame()
    {
        using TemporaryFolder folder = new();
        string model = folder.CopyModel("qwen3_moe");
        PackPhases[] phases = [.. Enumerable.Range(0, 6).Select(_ => new PackPhases())];
        PackedModel[] models = await Task.WhenAll(phases.Select(
            own => Task.Run(() => folder.OpenPacked(model, own), TestContext.Current.CancellationToken)));
        using Checkpoint checkpoint = Checkpoint.Open(model);
        foreach (PackedModel open in models)
        {
            Assert.Empty(new PackedComparison(open, checkpoint).Differences());
            open.Dispose();
        }

        Assert.Equal(1, phases.Count(own => own.Packed));
    }

    /// <summary>The lock is the operating system's: another process that holds it is waited for.</summary>
    [Fact]
    public async Task Open_AnotherProcessHoldsTheLock_WaitsForIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/flock"), "flock of util-linux is not there");
        using TemporaryFolder folder = new();
        using Process holder = await HoldLock(folder.File("daprmoe.packed.lock"));
        TaskCompletionSource waiting = new();
        PackPhases phases = new()
        {
            OnReport = report =>
            {
                if (report.Phase == PackPhase.Waiting)
                {
                    waiting.TrySetResult();
                }
            },
        };
        Task<PackedModel> opening = Task.Run(
            () => folder.OpenPacked(Fixtures.Model("qwen3_moe"), phases), TestContext.Current.CancellationToken);
        await waiting.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.False(File.Exists(folder.File("daprmoe.packed")));
        holder.StandardInput.Close();
        using PackedModel model = await opening.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.True(phases.Packed);
    }

    [Fact]
    public void Open_LockHeldTooLong_SaysSo()
    {
        using TemporaryFolder folder = new();
        using FileStream held = new(folder.File("daprmoe.packed.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        PackOptions options = new()
        {
            Folder = folder.Path,
            LockTimeout = TimeSpan.FromMinutes(1),
            Time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMinutes(2) },
        };
        CheckpointException fault = Assert.Throws<CheckpointException>(() => TemporaryFolder.Open(Fixtures.Model("qwen3_moe"), options));
        Assert.Contains("another process has been packing for 00:01:00", fault.Fault, StringComparison.Ordinal);
    }

    private static async Task<Process> HoldLock(string path)
    {
        ProcessStartInfo start = new("/usr/bin/flock", ["--exclusive", path, "sh", "-c", "echo held; read line"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process holder = Process.Start(start)!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        return holder;
    }
}
