using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>
/// Norm, projections, rotation, grouped-query attention over the paged KV cache, output projection; adds its rows to the residual stream.
/// Variations: biases, norm of query and key heads.
/// </summary>
internal sealed unsafe class AttentionPart : IDisposable
{
    private readonly ForwardContext _context;
    private readonly AttentionDescription _attention;
    private readonly RopeTable _rope;
    private readonly PagedAttention _kernel;
    private readonly MatMulTask[] _projections = new MatMulTask[3];
    private readonly MatMulTask[] _output = new MatMulTask[1];

    public AttentionPart(ForwardContext context, int maxPositions, VectorWidth width)
    {
        _context = context;
        _attention = context.Model.Attention;
        _rope = new RopeTable(_attention.Rope, maxPositions);
        _kernel = new PagedAttention(
            context.Workers, _attention.Heads, _attention.KvHeads, _attention.HeadSize, _attention.Scale, width);
    }

    public void Run(int layer, LayerWeights weights, ForwardBatch batch, KvPool kv)
    {
        ForwardWorkspace work = _context.Workspace;
        int rows = batch.Rows;
        int hidden = _context.Model.HiddenSize;
        int queryWidth = _attention.Heads * _attention.HeadSize;
        int keyWidth = _attention.KvHeads * _attention.HeadSize;
        _context.Norm(work.Hidden, weights.InputNorm, work.Normed, rows);
        _projections[0] = ForwardContext.Product(work.Normed, hidden, rows, weights.Query.Matrix, weights.Query.Bias, work.Queries, queryWidth);
        _projections[1] = ForwardContext.Product(work.Normed, hidden, rows, weights.Key.Matrix, weights.Key.Bias, work.Keys, keyWidth);
        _projections[2] = ForwardContext.Product(work.Normed, hidden, rows, weights.Value.Matrix, weights.Value.Bias, work.Values, keyWidth);
        _context.MatMul.Run(_projections);
        TurnRows(weights, batch);
        _kernel.Store(work.Keys, keyWidth, work.Values, keyWidth, kv.Layer(layer), batch.Sequences);
        _kernel.Run(work.Queries, queryWidth, work.Attended, queryWidth, kv.Layer(layer), batch.Sequences);
        _output[0] = ForwardContext.Product(
            work.Attended, queryWidth, rows, weights.AttentionOutput.Matrix, weights.AttentionOutput.Bias, work.Residual, hidden);
        _context.MatMul.Run(_output);
        _context.AddRows(work.Hidden, work.Residual, rows);
    }

    public void Dispose()
    {
        _kernel.Dispose();
        _rope.Dispose();
    }

    private void TurnRows(LayerWeights weights, ForwardBatch batch)
    {
        TurnJob job = new()
        {
            Part = this,
            Batch = batch,
            QueryNorm = (float*)weights.QueryNorm.Data,
            KeyNorm = (float*)weights.KeyNorm.Data,
        };
        _context.Run(ref job, batch.Rows);
    }

    private void TurnHeads(float* heads, int count, float* norm, int position)
    {
        float* cosine = _rope.Cosine(position);
        float* sine = _rope.Sine(position);
        for (int head = 0; head < count; head++)
        {
            float* values = heads + ((long)head * _attention.HeadSize);
            if (norm is not null)
            {
                _context.Math.RmsNorm(values, norm, _context.Model.NormEpsilon, values, _attention.HeadSize);
            }

            _context.Math.Rotate(values, cosine, sine, _attention.HeadSize);
        }
    }

    /// <summary>Norms and rotates query and key heads of rows.</summary>
    private struct TurnJob : IWorkerJob
    {
        public AttentionPart Part;
        public ForwardBatch Batch;
        public float* QueryNorm;
        public float* KeyNorm;

        public readonly void Execute(int worker, int workers)
        {
            AttentionDescription attention = Part._attention;
            ForwardWorkspace work = Part._context.Workspace;
            WorkShare share = new(Batch.Rows, worker, workers);
            for (int row = (int)share.From; row < share.To; row++)
            {
                int position = Batch.Positions[row];
                Part.TurnHeads(work.Queries + ((long)row * attention.Heads * attention.HeadSize), attention.Heads, QueryNorm, position);
                Part.TurnHeads(work.Keys + ((long)row * attention.KvHeads * attention.HeadSize), attention.KvHeads, KeyNorm, position);
            }
        }
    }
}
