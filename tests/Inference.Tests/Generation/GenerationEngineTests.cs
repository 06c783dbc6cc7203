using DaprMoE.Gateway;

namespace DaprMoE.Inference.Tests;

public sealed class GenerationEngineTests
{
    [Fact]
    public void Start_LongerThanTheContext_NamesAllLengths()
    {
        using EngineStory story = new();
        ContextOverflowException error = Assert.Throws<ContextOverflowException>(() => story.Start(prompt: 500, tokens: 13));
        Assert.Equal((500, 13, 512), (error.PromptTokens, error.MaxTokens, error.ContextLength));
    }

    [Fact]
    public async Task Start_ExactlyTheContext_RunsToItsEnd()
    {
        using EngineStory story = new();
        (List<int> tokens, FinishReason reason) = await EngineStory.ReadAsync(story.Start(prompt: 500, tokens: 12));
        Assert.Equal((12, FinishReason.Length), (tokens.Count, reason));
    }

    [Fact]
    public void Start_TokenOutsideTheVocabulary_NamesItAndTheRange()
    {
        using EngineStory story = new();
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => story.Engine.Start(new GenerationRequest { Prompt = [320], MaxTokens = 1 }));
        Assert.Contains("320", error.Message, StringComparison.Ordinal);
        Assert.Contains("0 to 319", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_QueueFull_IsRefusedAndTheOthersRun()
    {
        using EngineStory story = new(new LocalEngineOptions { Threads = 1, ContextLength = 512, MaxRunning = 1, MaxQueued = 2 }, held: true);
        Generation running = story.Start();
        EngineStory.WaitFor(() => story.Iterations == 1);
        Generation[] waiting = [story.Start(), story.Start()];
        Assert.Equal(2, Assert.Throws<QueueFullException>(() => story.Start()).Limit);
        story.Free();
        foreach (Generation generation in (Generation[])[running, .. waiting])
        {
            Assert.Equal(FinishReason.Length, (await EngineStory.ReadAsync(generation)).Reason);
        }
    }

    [Fact]
    public async Task Cancel_DuringAnIteration_ComputesNoFurtherOneAndFreesTheBlocks()
    {
        using EngineStory story = new(held: true);
        Generation leaving = story.Start(tokens: 100);
        EngineStory.WaitFor(() => story.Iterations == 1);
        leaving.Cancel();
        story.Free();
        (List<int> tokens, FinishReason reason) = await EngineStory.ReadAsync(leaving);
        Assert.Equal((1, FinishReason.Cancelled), (tokens.Count, reason));
        EngineStory.WaitFor(() => story.Engine.Snapshot() is { Running: 0, KvBlocksUsed: 0 });
        Assert.Equal(1, story.Iterations);
    }

    [Fact]
    public async Task Iteration_Fails_EndsItsSequencesAndTheNextOneSucceeds()
    {
        using EngineStory story = new();
        story.Break = new InvalidOperationException("broken");
        Generation failed = story.Start();
        Assert.Equal(FinishReason.Error, (await EngineStory.ReadAsync(failed)).Reason);
        Assert.Equal("broken", failed.Error!.Message);
        story.Break = null;
        Assert.Equal(FinishReason.Length, (await EngineStory.ReadAsync(story.Start())).Reason);
        Assert.Null(story.Engine.Fault);
    }

    [Fact]
    public async Task Iteration_FailsThreeTimesInARow_StopsTheEngineForGood()
    {
        using EngineStory story = new();
        story.Break = new InvalidOperationException("broken");
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(FinishReason.Error, (await EngineStory.ReadAsync(story.Start())).Reason);
        }

        EngineStory.WaitFor(() => story.Engine.Fault is not null);
        Assert.Contains("broken", Assert.Throws<EngineFailedException>(() => story.Start()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_RunningAndWaiting_EndsBothAsCancelled()
    {
        EngineStory story = new(new LocalEngineOptions { Threads = 1, ContextLength = 512, MaxRunning = 1 }, held: true);
        Generation running = story.Start(tokens: 400);
        EngineStory.WaitFor(() => story.Iterations == 1);
        Generation waiting = story.Start();
        story.Dispose();
        Assert.Equal(FinishReason.Cancelled, (await EngineStory.ReadAsync(running)).Reason);
        Assert.Equal(FinishReason.Cancelled, (await EngineStory.ReadAsync(waiting)).Reason);
        Assert.Throws<ObjectDisposedException>(() => story.Start());
    }

    [Fact]
    public async Task Steps_Warm_AllocateNothingOnAnyThread()
    {
        // One thread, so that the engine's own count covers the kernels too; planning and taking arrivals are between the two readings.
        using EngineStory story = new();
        int step = 0;
        long atStart = 0;
        long atEnd = 0;
        story.OnLogits = () =>
        {
            step++;
            atStart = step == 50 ? GC.GetAllocatedBytesForCurrentThread() : atStart;
            atEnd = step == 250 ? GC.GetAllocatedBytesForCurrentThread() : atEnd;
        };
        await EngineStory.ReadAsync(story.Start(tokens: 300));
        Assert.Equal(300, step);
        Assert.Equal(0, atEnd - atStart);
    }

    [Fact]
    public async Task Snapshot_AfterAWarmGeneration_CountsItsTokensAndNoAllocation()
    {
        using EngineStory story = new();
        await EngineStory.ReadAsync(story.Start(prompt: 7, tokens: 4));
        EngineStory.WaitFor(() => story.Engine.Snapshot() is { Running: 0, Iterations: 4 });
        EngineSnapshot warm = story.Engine.Snapshot();
        await EngineStory.ReadAsync(story.Start(prompt: 9, tokens: 5));
        EngineStory.WaitFor(() => story.Engine.Snapshot() is { Running: 0, Iterations: 9 });
        EngineSnapshot end = story.Engine.Snapshot();
        Assert.Equal((7L, 4L), (warm.PromptTokens, warm.GeneratedTokens));
        Assert.Equal((16L, 9L, warm.AllocatedBytes), (end.PromptTokens, end.GeneratedTokens, end.AllocatedBytes));
    }
}
