using System.Runtime.CompilerServices;
using DaprMoE.Text;

namespace DaprMoE.Inference;

/// <summary>
/// A generation as text: detokenizes, lets text go once it can no longer change, and leaves the engine at a stop string.
/// </summary>
public sealed class TextGeneration : IDisposable
{
    private readonly Generation _generation;
    private readonly Detokenizer _detokenizer;
    private readonly StopStrings _stops;

    private TextGeneration(Generation generation, Detokenizer detokenizer, StopStrings stops)
    {
        _generation = generation;
        _detokenizer = detokenizer;
        _stops = stops;
    }

    /// <summary>Tokens of the prompt.</summary>
    public int PromptTokens => _generation.PromptTokens;

    /// <summary>Tokens read so far. The end token is not one of them.</summary>
    public int CompletionTokens { get; private set; }

    /// <summary>Why it ended; null until the last piece was read.</summary>
    public FinishReason? Finish { get; private set; }

    /// <summary>Where the time went; complete at the end.</summary>
    public GenerationTimings Timings => _generation.Timings;

    /// <summary>What went wrong when <see cref="Finish"/> is <see cref="FinishReason.Error"/>.</summary>
    public Exception? Error => _generation.Error;

    /// <summary>Queues a request.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="tokenizer">The model's tokenizer; special tokens are left out of the text.</param>
    /// <param name="request">The request.</param>
    /// <param name="stopStrings">Strings that end the text; they are not handed out.</param>
    /// <exception cref="ContextOverflowException">The request does not fit the context.</exception>
    /// <exception cref="QueueFullException">As many requests wait as may.</exception>
    public static TextGeneration Start(
        IGenerationEngine engine, Tokenizer tokenizer, GenerationRequest request, IReadOnlyList<string> stopStrings)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(tokenizer);
        return new TextGeneration(engine.Start(request), tokenizer.CreateDetokenizer(), new StopStrings(stopStrings));
    }

    /// <summary>The text in pieces, one per token. May be read once.</summary>
    public async IAsyncEnumerable<TextPiece> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (GenerationStep step in _generation.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (step.Finish is { } reason)
            {
                yield return End(reason);
            }
            else if (!_stops.Hit)
            {
                yield return Next(step.Token);
            }
        }
    }

    /// <summary>Leaves the engine.</summary>
    public void Dispose() => _generation.Dispose();

    /// <summary>A token's text. After a stop string the engine is told to end, and what it still hands out is read and dropped.</summary>
    private TextPiece Next(int token)
    {
        CompletionTokens++;
        string text = _stops.Append(_detokenizer.Append(token));
        if (_stops.Hit)
        {
            _generation.Cancel();
        }

        return new TextPiece(text, 1);
    }

    private TextPiece End(FinishReason reason)
    {
        string rest = _stops.Hit ? "" : _stops.Append(_detokenizer.Flush());
        string held = _stops.Hit ? "" : _stops.Flush();
        Finish = _stops.Hit ? FinishReason.Stop : reason;
        return new TextPiece(rest + held, 0);
    }
}
