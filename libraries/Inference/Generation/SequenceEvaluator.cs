
namespace DaprMoE.Inference;

/// <summary>Runs single token sequences through the forward pass, without an engine: for checks, perplexity and recordings.</summary>
public sealed class SequenceEvaluator : IDisposable
{
    private readonly int _vocabulary;
    private readonly KvPool _kv;
    private readonly ForwardBatch _batch;
    private readonly ForwardPass _pass;
    private readonly BlockTable _blocks;
    private readonly int _maxTokens;
    private int _position;
    private int _sequence;

    /// <param name="parts">The parts of the pass.</param>
    /// <param name="maxTokens">Longest sequence.</param>
    /// <param name="chunk">Most tokens of one iteration.</param>
    public SequenceEvaluator(ForwardPassParts parts, int maxTokens, int chunk)
    {
        _vocabulary = parts.Model.Description.VocabularySize;
        _maxTokens = maxTokens;
        _kv = new KvPool(parts.Model.Description, KvPool.BlocksFor(maxTokens));
        _batch = new ForwardBatch(chunk, 1, chunk);
        _pass = new ForwardPass(parts, new ForwardPassLimits(chunk, chunk, maxTokens));
        _blocks = new BlockTable(_kv, maxTokens);
    }

    /// <summary>Forgets the sequence, so that the next tokens begin a new one.</summary>
    public void Reset()
    {
        _blocks.Release();
        _position = 0;
        _sequence++;
    }

    /// <summary>Continues the sequence by these tokens and returns the logits of each, [n, V].</summary>
    public float[] Evaluate(ReadOnlySpan<int> tokens)
    {
        if (_position + tokens.Length > _maxTokens)
        {
            throw new ContextOverflowException(_position, tokens.Length, _maxTokens);
        }

        float[] logits = new float[(long)tokens.Length * _vocabulary];
        Span<float> rest = logits;
        while (!tokens.IsEmpty)
        {
            int rows = Math.Min(tokens.Length, _pass.MaxRows);
            RunChunk(tokens[..rows], rest);
            tokens = tokens[rows..];
            rest = rest[(rows * _vocabulary)..];
        }

        return logits;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _blocks.Dispose();
        _pass.Dispose();
        _kv.Dispose();
    }

    private unsafe void RunChunk(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        _blocks.TryGrow(_position + tokens.Length);
        _batch.Clear();
        _batch.Add(tokens, _position, _blocks.Blocks, LogitSelection.All, _sequence, promptRows: tokens.Length);
        _pass.Run(_batch, _kv);
        for (int i = 0; i < tokens.Length; i++)
        {
            _pass.Logits(i).CopyTo(logits[(i * _vocabulary)..]);
        }

        _position += tokens.Length;
    }
}
