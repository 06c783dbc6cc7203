using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Inference.Tests;

/// <summary>Stories of the batcher without a model: after each plan the test says what was drawn.</summary>
public sealed class BatcherTests : IDisposable
{
    private const int EndToken = 99;
    private readonly FakeTimeProvider _clock = new();
    private readonly List<KvPool> _pools = [];
    private int _number;

    public void Dispose() => _pools.ForEach(pool => pool.Dispose());

    [Fact]
    public void Plan_LongPrompt_IsChunkedByTheBudgetAndAsksLogitsOnceAtItsEnd()
    {
        Story story = Create(blocks: 8, budget: 10, running: 4);
        Sequence sequence = story.Arrive(prompt: 25, tokens: 3);
        Assert.Equal([10, 10, 5], [story.Step(), story.Step(), story.Step()]);
        Assert.Equal(1, sequence.Generated);
        Assert.Equal(1, story.Step());
    }

    [Fact]
    public void Plan_DecodeAndPrefill_ShareAnIterationWithDecodeFirst()
    {
        Story story = Create(blocks: 8, budget: 8, running: 4);
        Sequence first = story.Arrive(prompt: 3, tokens: 10);
        story.Step();
        Sequence second = story.Arrive(prompt: 20, tokens: 2);
        Assert.Equal(8, story.Step());
        Assert.Equal(2, first.Generated);
        Assert.Equal(7, second.Computed);
    }

    [Fact]
    public void Plan_MoreThanMaxRunning_WaitForASlot()
    {
        Story story = Create(blocks: 8, budget: 16, running: 2);
        Sequence[] all = [.. Enumerable.Range(0, 3).Select(_ => story.Arrive(prompt: 2, tokens: 2))];
        story.Step();
        Assert.Equal([1, 1, 0], all.Select(sequence => sequence.Generated));
        story.Step();
        story.Step();
        Assert.Equal([2, 2, 1], all.Select(sequence => sequence.Generated));
    }

    [Fact]
    public void Plan_KvShort_PutsTheLatestBackAndFinishesAll()
    {
        // Four blocks of 32 positions; each sequence ends at 70 positions, three blocks.
        Story story = Create(blocks: 4, budget: 64, running: 4);
        Sequence first = story.Arrive(prompt: 30, tokens: 40);
        Sequence second = story.Arrive(prompt: 30, tokens: 40);
        for (int i = 0; i < 300 && !(first.IsFinished && second.IsFinished); i++)
        {
            story.Step();
        }

        Assert.True(first.IsFinished && second.IsFinished);
        Assert.True(story.Batcher.Preemptions > 0);
        Assert.Equal([40, 40], [first.Generated, second.Generated]);
        Assert.Equal(4, story.Kv.FreeBlocks);
    }

    [Fact]
    public void Plan_SequencePutBack_TakesItsPlaceByArrivalAgain()
    {
        Story story = Create(blocks: 4, budget: 64, running: 4);
        Sequence[] all = [.. Enumerable.Range(0, 3).Select(_ => story.Arrive(prompt: 30, tokens: 30))];
        for (int i = 0; i < 400 && !all.All(sequence => sequence.IsFinished); i++)
        {
            story.Step();
            Assert.Equal(story.Batcher.Running.Select(sequence => sequence.Number).Order(), story.Batcher.Running.Select(sequence => sequence.Number));
        }

        Assert.True(story.Batcher.Preemptions > 0);
        Assert.True(all.All(sequence => sequence.IsFinished));
    }

    [Fact]
    public void FailPlanned_OneSatOut_EndsOnlyThoseOfTheIteration()
    {
        Story story = Create(blocks: 8, budget: 4, running: 4);
        Sequence first = story.Arrive(prompt: 4, tokens: 5);
        Sequence second = story.Arrive(prompt: 4, tokens: 5);
        story.Batcher.Plan();
        story.Batcher.FailPlanned(new InvalidOperationException("broken"));
        Assert.Equal((true, false), (first.IsFinished, second.IsFinished));
    }

    [Fact]
    public void DropCancelled_RunningSequence_FreesItsBlocksBeforeTheNextPlan()
    {
        Story story = Create(blocks: 8, budget: 16, running: 1);
        Sequence first = story.Arrive(prompt: 5, tokens: 50);
        Sequence second = story.Arrive(prompt: 5, tokens: 50);
        story.Step();
        first.Handle.Cancel();
        story.Step();
        Assert.True(first.IsFinished);
        Assert.Equal(1, second.Generated);
        Assert.Equal(7, story.Kv.FreeBlocks);
    }

    [Fact]
    public async Task Append_EndToken_EndsWithStopAndIsNotHandedOut()
    {
        Story story = Create(blocks: 8, budget: 16, running: 1);
        Sequence sequence = story.Arrive(prompt: 5, tokens: 50);
        story.Step();
        story.Step(token: EndToken);
        List<GenerationStep> steps = [];
        await foreach (GenerationStep step in sequence.Handle.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            steps.Add(step);
        }

        Assert.Equal([new GenerationStep(1, null), new GenerationStep(-1, FinishReason.Stop)], steps);
    }

    [Fact]
    public void Timings_FakeClock_SplitQueuePrefillDecode()
    {
        Story story = Create(blocks: 8, budget: 4, running: 1);
        Sequence sequence = story.Arrive(prompt: 8, tokens: 2);
        _clock.Advance(TimeSpan.FromMilliseconds(5));
        story.Step();
        _clock.Advance(TimeSpan.FromMilliseconds(7));
        story.Step();
        _clock.Advance(TimeSpan.FromMilliseconds(11));
        story.Step();
        Assert.Equal(
            new GenerationTimings(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(7), TimeSpan.FromMilliseconds(11)),
            sequence.Handle.Timings);
    }

    private Story Create(int blocks, int budget, int running)
    {
        KvPool pool = new(TinyModel.Description, blocks);
        _pools.Add(pool);
        ForwardBatch batch = new(budget, running, running);
        return new Story(this, pool, batch, new Batcher(pool, batch, running));
    }

    private sealed record Story(BatcherTests Test, KvPool Kv, ForwardBatch Batch, Batcher Batcher)
    {
        public Sequence Arrive(int prompt, int tokens)
        {
            GenerationRequest request = new() { Prompt = new int[prompt], MaxTokens = tokens, EndTokens = [EndToken] };
            Sequence sequence = new(Test._number++, request, new BlockTable(Kv, prompt + tokens), Test._clock, static () => { });
            Batcher.Enqueue(sequence);
            return sequence;
        }

        /// <summary>One iteration in which every sequence that has logits draws the token; returns its rows.</summary>
        public int Step(int token = 1)
        {
            Batcher.DropCancelled();
            Batcher.Plan();
            foreach (Sequence sequence in Batcher.Running.Where(sequence => sequence.PlannedRows > 0))
            {
                sequence.Advance();
                if (sequence.LogitIndex >= 0)
                {
                    sequence.Append(token);
                }
            }

            int rows = Batch.Rows;
            Batcher.DropFinished();
            return rows;
        }
    }
}
