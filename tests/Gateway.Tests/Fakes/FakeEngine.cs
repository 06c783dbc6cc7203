using System.Collections.Concurrent;
using System.Threading.Channels;
using DaprMoE.Inference;

namespace DaprMoE.Gateway.Tests;

/// <summary>An engine that computes nothing: it gives every sequence a fixed text, or lets the test play the engine.</summary>
internal sealed class FakeEngine : IGenerationEngine
{
    private readonly ConcurrentQueue<FakeSequence> _sequences = new();
    private readonly Channel<FakeSequence> _arrivals = Channel.CreateUnbounded<FakeSequence>();

    /// <summary>What every sequence gets, and then the end token; null: the test pushes tokens itself.</summary>
    public IReadOnlyList<int>? Answer { get; set; }

    /// <summary>How many more sequences are taken until the queue is full.</summary>
    public int Room { get; set; } = int.MaxValue;

    public Exception? Fault { get; set; }

    public EngineInfo Info { get; } = new(ContextLength: 1024, MaxRunning: 16, MaxQueued: 4, TokenBudget: 512);

    /// <summary>What was asked for, in order.</summary>
    public GenerationRequest[] Requests => [.. _sequences.Select(sequence => sequence.Request)];

    public EngineSnapshot Snapshot() => new(
        Running: 3, Waiting: 2, KvBlocksUsed: 1, KvBlocksTotal: 4, Iterations: 50, PromptTokens: 700, GeneratedTokens: 60, Preemptions: 5,
        AllocatedBytes: 0);

    public Generation Start(GenerationRequest request)
    {
        if ((long)request.Prompt.Count + request.MaxTokens > Info.ContextLength)
        {
            throw new ContextOverflowException(request.Prompt.Count, request.MaxTokens, Info.ContextLength);
        }

        if (Fault is not null)
        {
            throw new EngineFailedException(Fault);
        }

        if (Room-- <= 0)
        {
            throw new QueueFullException(Info.MaxQueued);
        }

        FakeSequence sequence = new(request);
        if (Answer is { } tokens)
        {
            sequence.Play(tokens);
        }

        _sequences.Enqueue(sequence);
        Assert.True(_arrivals.Writer.TryWrite(sequence));
        return sequence.Generation;
    }

    /// <summary>The next sequence that arrives, for the test to play.</summary>
    public Task<FakeSequence> NextAsync(CancellationToken cancellationToken) =>
        _arrivals.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10), cancellationToken);
}
