using DaprMoE.Models;

namespace DaprMoE.Gateway.Tests;

/// <summary>Alone in the process, because a test counts its threads.</summary>
[CollectionDefinition(nameof(LocalEngineTests), DisableParallelization = true)]
[Collection(nameof(LocalEngineTests))]
public sealed class LocalEngineTests : IDisposable
{
    private readonly RandomModel _model = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Open_KvCacheBeyondTheMemory_IsRefusedBeforePacking()
    {
        LocalEngineOptions options = new() { KvTokens = 1 << 30 };
        InsufficientMemoryException error = Assert.Throws<InsufficientMemoryException>(
            () => LocalEngine.Open(_model.Folder, options, cancellationToken: Cancel));
        Assert.Contains("KV cache 4398.05 GB", error.Message, StringComparison.Ordinal);
        Assert.Empty(_model.PackingFiles);
    }

    [Fact]
    public void Open_ContextBeyondTheModels_IsRefusedBeforePacking()
    {
        LocalEngineOptions options = new() { ContextLength = 4097 };
        Assert.Throws<ContextLimitException>(() => LocalEngine.Open(_model.Folder, options, cancellationToken: Cancel));
        Assert.Empty(_model.PackingFiles);
    }

    [Fact]
    public void Open_PackedAlready_IsRefusedAllTheSame()
    {
        LocalEngine.Open(_model.Folder, new LocalEngineOptions(), cancellationToken: Cancel).Dispose();
        LocalEngineOptions options = new() { ContextLength = 4097 };
        Assert.Throws<ContextLimitException>(() => LocalEngine.Open(_model.Folder, options, cancellationToken: Cancel));
    }

    [Fact]
    public void Open_CancelledWhilePacking_LeavesNoPart()
    {
        using CancellationTokenSource stop = new();
        Assert.ThrowsAny<OperationCanceledException>(
            () => LocalEngine.Open(_model.Folder, new LocalEngineOptions(), new CancelAtFirstReport(stop), stop.Token));
        Assert.Equal(["daprmoe.packed.lock"], _model.PackingFiles);
    }

    [Fact]
    public void Compose_PartThatCannotBeMade_StopsTheWorkers()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "threads are counted by their names in /proc");
        using PackedModel model = PackedModel.Open(_model.Folder, cancellationToken: Cancel);
        LocalEngineOptions options = new() { Threads = 9, TokenBudget = int.MaxValue };
        Assert.Throws<OverflowException>(() => LocalEngine.Compose(_model.Folder, model, options, Cancel));
        Assert.True(SpinWait.SpinUntil(() => Workers() == 0, TimeSpan.FromSeconds(5)), $"{Workers()} workers are left");
    }

    private static int Workers() =>
        Directory.EnumerateDirectories("/proc/self/task").Count(task => NameOf(task).StartsWith("tensor worker", StringComparison.Ordinal));

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException)
        {
            // The thread has just ended.
            return "";
        }
    }

    private sealed class CancelAtFirstReport(CancellationTokenSource stop) : IProgress<PackProgress>
    {
        public void Report(PackProgress value) => stop.Cancel();
    }
}
