using System.Runtime.CompilerServices;
using System.Threading.Channels;
using DaprMoE.Inference;

namespace DaprMoE.Gateway;

/// <summary>A piece of one answer of a request, or its end.</summary>
/// <param name="Index">Which answer.</param>
/// <param name="Piece">The piece; empty at the end.</param>
/// <param name="Finish">Null but at the end.</param>
internal readonly record struct AnswerEvent(int Index, TextPiece Piece, FinishReason? Finish);

/// <summary>The generations of one request, one per prompt. Disposing it cancels what still runs.</summary>
internal sealed class AnswerBatch : IDisposable
{
    // Enough that the engine's bursts don't wait for the network. A client that reads nothing has this many events and the network's
    // buffers held for it; the engine runs on, into each sequence's own memory, up to max_tokens. The request is ended by the server's
    // least data rate, and at the latest by the deadline, RequestSeconds.
    private const int BufferedEvents = 64;

    private readonly List<TextGeneration> _generations = [];

    private AnswerBatch()
    {
    }

    /// <summary>The generations, in the order of the prompts.</summary>
    public IReadOnlyList<TextGeneration> Generations => _generations;

    /// <summary>Queues all of a request's sequences, or none.</summary>
    /// <exception cref="ContextOverflowException">A prompt and its answer don't fit the context.</exception>
    /// <exception cref="QueueFullException">Too many wait already.</exception>
    public static AnswerBatch Start(ServedModel model, IEnumerable<GenerationRequest> requests, IReadOnlyList<string> stops)
    {
        AnswerBatch batch = new();
        try
        {
            foreach (GenerationRequest request in requests)
            {
                batch._generations.Add(TextGeneration.Start(model.Engine, model.Tokenizer, request, stops));
            }

            return batch;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }

    /// <summary>The pieces of all answers as they come, each answer's own in order and followed by its end.</summary>
    public IAsyncEnumerable<AnswerEvent> ReadAllAsync(CancellationToken cancellationToken) =>
        _generations.Count == 1 ? ReadAsync(0, cancellationToken) : MergeAsync(cancellationToken);

    public void Dispose()
    {
        foreach (TextGeneration generation in _generations)
        {
            generation.Dispose();
        }
    }

    private async IAsyncEnumerable<AnswerEvent> ReadAsync(int index, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TextGeneration generation = _generations[index];
        await foreach (TextPiece piece in generation.ReadAllAsync(cancellationToken))
        {
            yield return new(index, piece, null);
        }

        yield return new(index, default, generation.Finish);
    }

    private async IAsyncEnumerable<AnswerEvent> MergeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<AnswerEvent> merged = Channel.CreateBounded<AnswerEvent>(BufferedEvents);
        Task pumps = PumpAllAsync(merged.Writer, left.Token);
        try
        {
            await foreach (AnswerEvent next in merged.Reader.ReadAllAsync(cancellationToken))
            {
                yield return next;
            }
        }
        finally
        {
            await left.CancelAsync();
            await pumps;
        }
    }

    private async Task PumpAllAsync(ChannelWriter<AnswerEvent> writer, CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, _generations.Count).Select(index => PumpAsync(index, writer, cancellationToken)));
        writer.TryComplete();
    }

    private async Task PumpAsync(int index, ChannelWriter<AnswerEvent> writer, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (AnswerEvent next in ReadAsync(index, cancellationToken))
            {
                await writer.WriteAsync(next, cancellationToken);
            }
        }
#pragma warning disable CA1031 // The channel hands the fault to the reader, at once and not when the other answers are over.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            writer.TryComplete(exception);
        }
    }
}
