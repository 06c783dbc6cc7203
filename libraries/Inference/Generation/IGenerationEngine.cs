namespace DaprMoE.Inference;

/// <summary>Runs all sequences of a process in one batch, iteration by iteration.</summary>
public interface IGenerationEngine
{
    /// <summary>What was loaded and which limits hold.</summary>
    EngineInfo Info { get; }

    /// <summary>What stopped the engine for good; null while it works.</summary>
    Exception? Fault { get; }

    /// <summary>Counts for health and metrics, read without disturbing the iteration.</summary>
    EngineSnapshot Snapshot();

    /// <summary>Queues a sequence.</summary>
    /// <exception cref="ContextOverflowException">Prompt and MaxTokens do not fit the context.</exception>
    /// <exception cref="QueueFullException">As many sequences wait as may.</exception>
    /// <exception cref="EngineFailedException">The engine has stopped; see <see cref="Fault"/>.</exception>
    Generation Start(GenerationRequest request);
}

/// <summary>What an engine serves and its limits.</summary>
/// <param name="ContextLength">Longest sequence in tokens, prompt and answer together.</param>
/// <param name="MaxRunning">Most sequences in one iteration.</param>
/// <param name="MaxQueued">Most sequences that wait.</param>
/// <param name="TokenBudget">Most rows (prefill and decode tokens) in one iteration.</param>
public sealed record EngineInfo(int ContextLength, int MaxRunning, int MaxQueued, int TokenBudget);

/// <summary>Counts at one moment.</summary>
/// <param name="Running">Sequences in the batch.</param>
/// <param name="Waiting">Sequences queued.</param>
/// <param name="KvBlocksUsed">KV blocks held.</param>
/// <param name="KvBlocksTotal">KV blocks there are.</param>
/// <param name="Iterations">Iterations run since the start.</param>
/// <param name="PromptTokens">Prompt tokens computed since the start.</param>
/// <param name="GeneratedTokens">Tokens handed out since the start.</param>
/// <param name="Preemptions">Sequences put back into the queue because KV blocks were short.</param>
/// <param name="AllocatedBytes">Managed bytes that iterations have allocated since the start; 0 but for failures.</param>
public readonly record struct EngineSnapshot(
    int Running, int Waiting, int KvBlocksUsed, int KvBlocksTotal, long Iterations, long PromptTokens, long GeneratedTokens, long Preemptions,
    long AllocatedBytes);
