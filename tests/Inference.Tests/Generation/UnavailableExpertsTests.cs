namespace DaprMoE.Inference.Tests;

public sealed class UnavailableExpertsTests
{
    [Fact]
    public async Task Experts_Unavailable_FailTheIterationsRequestsAndTheEngineLives()
    {
        using WaitingExperts experts = new();

        // More often in a row than other failures may come.
        ExpertsUnavailableException failure = new(layer: 0, devices: 2, alive: 0, TimeSpan.FromSeconds(30));
        experts.Failure = failure;
        for (int i = 0; i < 5; i++)
        {
            Generation failed = experts.Start();
            Assert.Equal(FinishReason.Error, (await EngineStory.ReadAsync(failed)).Reason);
            Assert.Same(failure, failed.Error);
        }

        experts.Failure = null;
        Assert.Equal(FinishReason.Length, (await EngineStory.ReadAsync(experts.Start())).Reason);
        Assert.Null(experts.Engine.Fault);
        EngineStory.WaitFor(() => experts.Engine.Snapshot() is { Running: 0, KvBlocksUsed: 0 });
    }

    [Fact]
    public async Task Experts_UnavailableForSome_LeaveTheRequestsThatCameLater()
    {
        using WaitingExperts experts = new() { AreAway = true };
        Generation first = experts.StartWaiting(1)[0];
        Generation later = experts.Start();
        experts.AreAway = false;
        first.Cancel();
        Assert.Equal(FinishReason.Cancelled, (await EngineStory.ReadAsync(first)).Reason);
        Assert.Equal(FinishReason.Length, (await EngineStory.ReadAsync(later)).Reason);
    }

    [Fact]
    public async Task Cancel_LastOfThoseWhoWait_EndsTheWaitAndFreesTheBlocks()
    {
        using WaitingExperts experts = new() { AreAway = true };
        Generation[] waiting = experts.StartWaiting(2);
        waiting[0].Cancel();
        Assert.True(experts.Engine.Snapshot().KvBlocksUsed > 0);
        Assert.Equal(2, experts.Waits);
        waiting[1].Dispose();
        foreach (Generation generation in waiting)
        {
            Assert.Equal(FinishReason.Cancelled, (await EngineStory.ReadAsync(generation)).Reason);
        }

        EngineStory.WaitFor(() => experts.Engine.Snapshot() is { Running: 0, KvBlocksUsed: 0 });
        experts.AreAway = false;
        Assert.Equal(FinishReason.Length, (await EngineStory.ReadAsync(experts.Start())).Reason);
    }

    /// <summary>Its reader does not wait for the engine: a request's deadline ends it in time.</summary>
    [Fact]
    public async Task Read_CancelledWhileTheEngineWaits_EndsAtOnce()
    {
        using WaitingExperts experts = new() { AreAway = true };
        Generation waiting = experts.StartWaiting(1)[0];
        using CancellationTokenSource deadline = new();
        Task<(List<int>, FinishReason)> read = ReadAsync(waiting, deadline.Token);
        await deadline.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Assert.Equal(1, experts.Waits);
    }

    [Fact]
    public async Task Dispose_WhileTheEngineWaits_EndsTheWait()
    {
        WaitingExperts experts = new() { AreAway = true };
        Generation waiting = experts.StartWaiting(1)[0];
        experts.Dispose();
        Assert.Equal(FinishReason.Cancelled, (await EngineStory.ReadAsync(waiting)).Reason);
    }

    private static async Task<(List<int>, FinishReason)> ReadAsync(Generation generation, CancellationToken cancellationToken)
    {
        await foreach (GenerationStep step in generation.ReadAllAsync(cancellationToken))
        {
            Assert.Null(step.Finish);
        }

        return ([], FinishReason.Stop);
    }
}
