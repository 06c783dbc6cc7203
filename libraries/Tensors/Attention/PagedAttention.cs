namespace DaprMoE.Tensors;

/// <summary>
/// Causal attention with grouped query heads over keys and values in blocks of 32 positions. The softmax goes over spans of four
/// blocks at absolute positions, so a row's bits depend on its query and the positions it sees: not on the chunk, the batch, the
/// threads or the width.
/// Keys and values must be finite. One instance runs one call at a time; calls allocate nothing.
/// </summary>
public sealed unsafe class PagedAttention : IDisposable
{
    /// <summary>The largest head that the scratch memory is made for.</summary>
    public const int MaxHeadSize = 256;

    /// <summary>With fewer rows a fork and join takes longer than writing them.</summary>
    private const int ParallelRows = 8;

    private readonly WorkerPool _pool;
    private readonly KvWriter _writer;
    private readonly AttentionKernel _kernel;
    private readonly AttentionSchedule _schedule;
    private readonly NativeBuffer _scratch;

    /// <summary>Allocates the scratch memory.</summary>
    /// <param name="pool">The threads.</param>
    /// <param name="heads">Query heads, a multiple of <paramref name="kvHeads"/>.</param>
    /// <param name="kvHeads">Heads of keys and values.</param>
    /// <param name="headSize">Floats of a head, 1 to <see cref="MaxHeadSize"/>.</param>
    /// <param name="scale">What scores are multiplied by, 1/sqrt(head size) for most families.</param>
    /// <param name="width">The vector width, or null for <see cref="VectorWidths.Best"/>.</param>
    public PagedAttention(WorkerPool pool, int heads, int kvHeads, int headSize, float scale, VectorWidth? width = null)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentOutOfRangeException.ThrowIfLessThan(kvHeads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(headSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(headSize, MaxHeadSize);
        if (heads < kvHeads || heads % kvHeads != 0)
        {
            throw new ArgumentException($"{heads} query heads can't share {kvHeads} key heads evenly.", nameof(heads));
        }

        var chosen = width ?? VectorWidths.Best;
        _pool = pool;
        Layout = new KvLayout(kvHeads, headSize);
        var sizes = TileSizes.For(chosen);
        _writer = new KvWriter(Layout);
        _kernel = AttentionKernel.Create(chosen, Layout, scale);
        _schedule = new AttentionSchedule(sizes, kvHeads, heads / kvHeads);
        _scratch = new NativeBuffer((long)pool.Workers * AttentionScratch.Floats(Layout) * sizeof(float));
    }

    /// <summary>The layout of a block.</summary>
    public KvLayout Layout { get; }

    /// <summary>Writes one position's key and value.</summary>
    /// <param name="block">The layer's block that holds the position.</param>
    /// <param name="slot">Position modulo 32.</param>
    /// <param name="key">All key heads, one after the other.</param>
    /// <param name="value">All value heads, one after the other.</param>
    public void Store(float* block, int slot, float* key, float* value) => _writer.Write(block, slot, 1, key, 0, value, 0);

    /// <summary>Writes the keys and values of all rows of the sequences, on all workers when there are more than a few.</summary>
    /// <param name="keys">Row 0's keys: all heads, one after the other.</param>
    /// <param name="keyStride">Floats from row to row.</param>
    /// <param name="values">Row 0's values.</param>
    /// <param name="valueStride">Floats from row to row.</param>
    /// <param name="layerPool">The layer's blocks; block n begins n times <see cref="KvLayout.BlockFloats"/> floats behind it.</param>
    /// <param name="sequences">Which rows belong where.</param>
    public void Store(
        float* keys, nint keyStride, float* values, nint valueStride, float* layerPool, ReadOnlySpan<AttentionSequence> sequences)
    {
        fixed (AttentionSequence* first = sequences)
        {
            var job = new StoreJob(_writer, keys, keyStride, values, valueStride, layerPool, first, sequences.Length);
            if (sequences.IsEmpty || sequences[^1].FirstRow + sequences[^1].Rows < ParallelRows)
            {
                job.Execute(0, 1);
            }
            else
            {
                _pool.Run(ref job);
            }
        }
    }

    /// <summary>Computes the attention of all rows of the sequences; their keys and values must be stored.</summary>
    /// <param name="queries">Row 0's query: all heads, one after the other.</param>
    /// <param name="queryStride">Floats from row to row.</param>
    /// <param name="output">Receives the heads' results in the same order.</param>
    /// <param name="outputStride">Floats from row to row.</param>
    /// <param name="layerPool">The layer's blocks; block n begins n times <see cref="KvLayout.BlockFloats"/> floats behind it.</param>
    /// <param name="sequences">Which rows belong where.</param>
    public void Run(
        float* queries, nint queryStride, float* output, nint outputStride, float* layerPool, ReadOnlySpan<AttentionSequence> sequences)
    {
        fixed (AttentionSequence* first = sequences)
        {
            if (_schedule.Begin(first, sequences.Length))
            {
                var rows = new AttentionRows(queries, queryStride, output, outputStride, layerPool);
                var job = new AttentionJob(_schedule, _kernel, rows, _scratch.Floats, AttentionScratch.Floats(Layout));
                _pool.Run(ref job);
            }
        }
    }

    /// <summary>Frees the scratch memory; the pool stays.</summary>
    public void Dispose() => _scratch.Dispose();
}
