using DaprMoE.Inference;

namespace DaprMoE.Gateway;

/// <summary>An engine that remembers its sequences until they have ended, so that it can be said what they are about to compute.</summary>
/// <param name="engine">The engine.</param>
public sealed class RequestBook(IGenerationEngine engine) : IGenerationEngine
{
    // Ended ones are forgotten when that many have come; a look forgets them too.
    private const int LeastForgetting = 256;

    private readonly Lock _gate = new();
    private readonly List<Generation> _open = [];
    private int _forgetAt = LeastForgetting;

    /// <inheritdoc/>
    public EngineInfo Info => engine.Info;

    /// <inheritdoc/>
    public Exception? Fault => engine.Fault;

    /// <inheritdoc/>
    public EngineSnapshot Snapshot() => engine.Snapshot();

    /// <inheritdoc/>
    public Generation Start(GenerationRequest request)
    {
        lock (_gate)
        {
            // Under the lock, so that the order is that of the queue.
            Generation generation = engine.Start(request);
            if (_open.Count >= _forgetAt)
            {
                Forget();
                _forgetAt = Math.Max(LeastForgetting, 2 * _open.Count);
            }

            _open.Add(generation);
            return generation;
        }
    }

    /// <summary>The sequences that have not ended, in the order of their arrival.</summary>
    public IReadOnlyList<GenerationProgress> Open()
    {
        lock (_gate)
        {
            Forget();
            return [.. _open.Select(generation => generation.Progress).Where(progress => !progress.HasEnded)];
        }
    }

    private void Forget() => _open.RemoveAll(generation => generation.Progress.HasEnded);
}
