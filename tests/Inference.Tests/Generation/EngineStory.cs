using DaprMoE.Gateway;

namespace DaprMoE.Inference.Tests;

/// <summary>
/// An engine over a small model whose iterations a test can hold and break: the observer waits at the first layer of each iteration until
/// the gate is open, and throws what the test wants.
/// </summary>
internal sealed class EngineStory : IForwardObserver, IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly LocalEngine _local;
    private readonly SemaphoreSlim _steps = new(0);
    private volatile bool _free;
    private int _iterations;

    public EngineStory(LocalEngineOptions? options = null, bool held = false)
    {
        _free = !held;
        _local = LocalEngine.Open(TestModels.Folder("qwen3_moe"), options ?? new LocalEngineOptions { Threads = 1, ContextLength = 512 });
        Engine = _local.Start(TimeProvider.System, this);
    }

    public GenerationEngine Engine { get; }

    /// <summary>Thrown in every iteration while it is set.</summary>
    public Exception? Break { get; set; }

    /// <summary>Iterations begun.</summary>
    public int Iterations => Volatile.Read(ref _iterations);

    /// <summary>Sequences by the iterations that computed logits for them.</summary>
    public List<int> Logits { get; } = new(capacity: 1000);

    public Action? OnLogits { get; set; }

    /// <summary>Lets one iteration go on.</summary>
    public void Step() => _steps.Release();

    /// <summary>Lets all iterations go on.</summary>
    public void Free()
    {
        _free = true;
        _steps.Release();
    }

    public Generation Start(int prompt = 3, int tokens = 5) =>
        Engine.Start(new GenerationRequest { Prompt = [.. Enumerable.Range(1, prompt).Select(i => i % 320)], MaxTokens = tokens });

    /// <summary>Reads a generation to its end.</summary>
    public static async Task<(List<int> Tokens, FinishReason Reason)> ReadAsync(Generation generation)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        List<int> tokens = [];
        await foreach (GenerationStep step in generation.ReadAllAsync(deadline.Token))
        {
            if (step.Finish is { } reason)
            {
                return (tokens, reason);
            }

            tokens.Add(step.Token);
        }

        throw new InvalidOperationException("The generation has no end.");
    }

    /// <summary>Waits until a condition holds.</summary>
    public static void WaitFor(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, Deadline), "It did not come to hold.");

    public void AfterLayer(int layer, ReadOnlySpan<float> hidden)
    {
        if (layer != 0)
        {
            return;
        }

        Interlocked.Increment(ref _iterations);
        if (!_free)
        {
            Assert.True(_steps.Wait(Deadline), "Nobody let the iteration go on.");
        }

        if (Break is { } error)
        {
            throw error;
        }
    }

    public void AfterLogits(int sequence, int position, ReadOnlySpan<float> logits)
    {
        Logits.Add(sequence);
        OnLogits?.Invoke();
    }

    public void Dispose()
    {
        Free();
        _local.Dispose();
        _steps.Dispose();
    }
}
