namespace DaprMoE.Inference;

/// <summary>A sequence in an engine, as its caller sees it. Disposing it cancels what is left.</summary>
public sealed class Generation : IDisposable
{
    private readonly Func<CancellationToken, IAsyncEnumerable<GenerationStep>> _read;
    private readonly Action _cancel;
    private readonly Func<GenerationProgress>? _progress;

    /// <summary>Joins an engine's side of a sequence to its caller's.</summary>
    /// <param name="promptTokens">Tokens of the prompt.</param>
    /// <param name="read">Reads the engine's events, once; the last one has a finish reason.</param>
    /// <param name="cancel">Tells the engine that the caller left; may be called often and from any thread.</param>
    /// <param name="progress">Says how far the sequence is, on any thread; null: nobody knows, and it counts as ended.</param>
    public Generation(
        int promptTokens,
        Func<CancellationToken, IAsyncEnumerable<GenerationStep>> read,
        Action cancel,
        Func<GenerationProgress>? progress = null)
    {
        PromptTokens = promptTokens;
        _read = read;
        _cancel = cancel;
        _progress = progress;
    }

    /// <summary>Tokens of the prompt.</summary>
    public int PromptTokens { get; }

    /// <summary>How far it is, without disturbing the engine. Safe for any thread.</summary>
    public GenerationProgress Progress => _progress?.Invoke() ?? new GenerationProgress(HasBegun: false, HasEnded: true, default);

    /// <summary>Where the time went; complete once the last step was read.</summary>
    public GenerationTimings Timings { get; internal set; }

    /// <summary>What went wrong when the reason is <see cref="FinishReason.Error"/>.</summary>
    public Exception? Error { get; internal set; }

    /// <summary>The events in order, the end included. May be read once, by one reader.</summary>
    public IAsyncEnumerable<GenerationStep> ReadAllAsync(CancellationToken cancellationToken) => _read(cancellationToken);

    /// <summary>Leaves: the engine frees the sequence's slot within one iteration.</summary>
    public void Cancel() => _cancel();

    /// <inheritdoc/>
    public void Dispose() => _cancel();
}
