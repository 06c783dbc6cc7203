using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Inference.Tests;

/// <summary>An engine whose experts answer zeros, can't be reached, or let the iteration wait until its audience has left.</summary>
internal sealed class WaitingExperts : IMoeLayer, IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly PackedModel _model = PackedModel.Open(TestModels.Folder("qwen3_moe"));
    private readonly WorkerPool _workers = new(1);
    private int _waits;

    public WaitingExperts() =>
        Engine = new GenerationEngine(
            new ForwardPassParts(_model, this, _workers, VectorWidths.Best, Observer: null),
            new EngineOptions { ContextLength = 64, MaxRunning = 4 },
            TimeProvider.System);

    public GenerationEngine Engine { get; }

    /// <summary>Whether layers wait from now on.</summary>
    public bool AreAway { get; set; }

    /// <summary>Thrown by every layer while it is set.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Layers that have begun to wait.</summary>
    public int Waits => Volatile.Read(ref _waits);

    public void Forward(in MoeLayerCall call)
    {
        if (Failure is { } failure)
        {
            throw failure;
        }

        if (AreAway)
        {
            Interlocked.Increment(ref _waits);
            Assert.True(call.Abandoned.WaitHandle.WaitOne(Deadline), "Nobody ended the wait.");
            call.Abandoned.ThrowIfCancellationRequested();
        }

        call.Output.Clear();
    }

    public Generation Start() => Engine.Start(new GenerationRequest { Prompt = [1, 2, 3], MaxTokens = 4 });

    /// <summary>Starts sequences that wait together in one iteration.</summary>
    public Generation[] StartWaiting(int count)
    {
        Generation first = Start();
        EngineStory.WaitFor(() => Waits == 1);
        if (count == 1)
        {
            return [first];
        }

        // What arrives now is in the next iteration, which begins once the first has left.
        Generation[] others = [.. Enumerable.Range(1, count).Select(_ => Start())];
        first.Cancel();
        EngineStory.WaitFor(() => Waits == 2);
        return others;
    }

    public void Dispose()
    {
        Engine.Dispose();
        _workers.Dispose();
        _model.Dispose();
    }
}
