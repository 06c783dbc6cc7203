using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>
/// The one forward pass: embed → [ attention → feed-forward ] × layers → head, composed of the variations that the
/// description names. Runs on the engine's thread; allocates nothing after construction.
/// </summary>
internal sealed unsafe class ForwardPass : IDisposable
{
    private readonly PackedModel _source;
    private readonly ModelDescription _model;
    private readonly ModelWeights _weights;
    private readonly IForwardObserver? _observer;
    private readonly IMoeLayer _experts;
    private readonly ForwardWorkspace _workspace;
    private readonly ForwardContext _context;
    private readonly MatMul _matMul;
    private readonly AttentionPart _attention;
    private readonly IFeedForwardPart[] _feedForward;
    private readonly MatMulTask[] _headTask = new MatMulTask[1];

    public ForwardPass(ForwardPassParts parts, ForwardPassLimits limits)
    {
        _source = parts.Model;
        _model = parts.Model.Description;
        _weights = parts.Model.Weights;
        _observer = parts.Observer;
        _experts = parts.Experts;
        MaxRows = limits.Rows;
        _workspace = new ForwardWorkspace(_model, limits.Rows, limits.LogitRows);
        _matMul = new MatMul(parts.Workers, MatMulScratch(_model, limits), parts.Width);
        VectorMath math = VectorMath.For(parts.Width);
        _context = new ForwardContext(_model, _workspace, _matMul, math, parts.Workers, _observer);
        _attention = new AttentionPart(_context, limits.Context, parts.Width);
        _feedForward = [.. _model.Layers.Select((layer, index) => CreateFeedForward(layer, index, parts.Experts))];
    }

    /// <summary>Most rows of one batch.</summary>
    public int MaxRows { get; }

    /// <summary>Logits of the batch's logit row <paramref name="index"/>, valid until the next run.</summary>
    public ReadOnlySpan<float> Logits(int index) =>
        new(_workspace.Logits + ((long)index * _model.VocabularySize), _model.VocabularySize);

    /// <summary>Computes one iteration; keys and values go to <paramref name="kv"/>.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="kv">The cache.</param>
    /// <param name="abandoned">Ends waiting for experts, not the computing.</param>
    /// <exception cref="CheckpointException">The packed file became shorter, so that reading its map would end the process.</exception>
    /// <exception cref="ExpertsUnavailableException">A layer's experts can't be reached now.</exception>
    /// <exception cref="OperationCanceledException">The iteration was abandoned while it waited for experts.</exception>
    public void Run(ForwardBatch batch, KvPool kv, CancellationToken abandoned = default)
    {
        _source.ThrowIfTruncated();
        _context.Abandoned = abandoned;
        _observer?.BeforeLayers(batch.Described);
        _experts.BeginIteration(batch.Described);
        Embed(batch);
        for (int layer = 0; layer < _feedForward.Length; layer++)
        {
            LayerWeights weights = _weights.Layers[layer];
            _attention.Run(layer, weights, batch, kv);
            _observer?.AfterAttention(layer, HiddenRows(batch));
            _context.Norm(_workspace.Hidden, weights.PostAttentionNorm, _workspace.Normed, batch.Rows);
            _feedForward[layer].Run(weights, batch.Rows);
            _context.AddRows(_workspace.Hidden, _workspace.Residual, batch.Rows);
            _observer?.AfterLayer(layer, HiddenRows(batch));
        }

        ComputeLogits(batch);
    }

    public void Dispose()
    {
        _attention.Dispose();
        _matMul.Dispose();
        _workspace.Dispose();
    }

    /// <summary>Floats of packed activations that the widest product of one region needs.</summary>
    private static long MatMulScratch(ModelDescription model, ForwardPassLimits limits)
    {
        int dense = model.Layers.OfType<DenseFeedForward>().Select(l => l.FfnSize).DefaultIfEmpty(0).Max();
        int widest = Math.Max(Math.Max(model.HiddenSize, dense), model.Attention.Heads * model.Attention.HeadSize);
        return (long)widest * Math.Max(limits.Rows, limits.LogitRows);
    }

    private IFeedForwardPart CreateFeedForward(FeedForwardDescription layer, int index, IMoeLayer experts) => layer switch
    {
        MoeFeedForward moe => new MoePart(_context, moe, index, experts),
        DenseFeedForward dense => new DensePart(_context, dense),
        _ => throw new NotSupportedException($"Layer {index}: {layer.GetType().Name} has no part in the forward pass."),
    };

    private void Embed(ForwardBatch batch)
    {
        RowTable table = _weights.Embedding;
        ReadOnlySpan<int> tokens = batch.Tokens;
        long rowBytes = (long)table.Columns * table.Type.Size();
        for (int row = 0; row < tokens.Length; row++)
        {
            byte* source = (byte*)table.Data + (tokens[row] * rowBytes);
            VectorMath.Widen(table.Type, source, _workspace.Hidden + ((long)row * table.Columns), table.Columns);
        }
    }

    private void ComputeLogits(ForwardBatch batch)
    {
        if (batch.LogitCount == 0)
        {
            return;
        }

        int width = _model.HiddenSize;
        ReadOnlySpan<int> rows = batch.LogitRows;
        for (int i = 0; i < rows.Length; i++)
        {
            _context.Norm(_workspace.Hidden + ((long)rows[i] * width), _weights.FinalNorm, _workspace.LogitInput + ((long)i * width), 1);
        }

        _headTask[0] = ForwardContext.Product(_workspace.LogitInput, width, rows.Length, _weights.Output, default, _workspace.Logits, _model.VocabularySize);
        _matMul.Run(_headTask);
        Observe(batch);
    }

    private void Observe(ForwardBatch batch)
    {
        if (_observer is null)
        {
            return;
        }

        for (int i = 0; i < batch.LogitCount; i++)
        {
            _observer.AfterLogits(batch.LogitSequences[i], batch.Positions[batch.LogitRows[i]], Logits(i));
        }
    }

    private ReadOnlySpan<float> HiddenRows(ForwardBatch batch) => new(_workspace.Hidden, batch.Rows * _model.HiddenSize);
}
