namespace DaprMoE.Tensors.Benchmarks;

/// <summary>Attention of a prompt of one sequence over itself. Counted are the products of rows with the positions they see.</summary>
internal sealed unsafe class Prefill : IDisposable
{
    private readonly PagedAttention _attention;
    private readonly NativeBuffer _rows;
    private readonly NativeBuffer _output;
    private readonly NativeBuffer _memory;
    private readonly NativeBuffer _table;
    private readonly int _width;
    private readonly AttentionSequence[] _sequences;

    public Prefill(WorkerPool pool, int tokens, int heads, int kvHeads, int headSize)
    {
        var blocks = (tokens + KvLayout.BlockTokens - 1) / KvLayout.BlockTokens;
        _attention = new PagedAttention(pool, heads, kvHeads, headSize, 1 / MathF.Sqrt(headSize));
        _width = heads * headSize;
        _rows = new NativeBuffer((long)tokens * _width * sizeof(float));
        _output = new NativeBuffer(_rows.Length);
        _memory = new NativeBuffer(blocks * _attention.Layout.BlockFloats * sizeof(float));
        _table = new NativeBuffer(blocks * sizeof(int));
        for (var i = 0; i < tokens * _width; i++)
        {
            _rows.Floats[i] = MathF.Sin(i);
        }

        for (var i = 0; i < blocks; i++)
        {
            ((int*)_table.Pointer)[i] = i;
        }

        _sequences = [new() { FirstRow = 0, Rows = tokens, FirstPosition = 0, Blocks = (int*)_table.Pointer }];
        Operations = 4.0 * headSize * heads * tokens * (tokens + 1) / 2;
        Bytes = 4.0 * tokens * _width;
        Store();
    }

    public double Operations { get; }

    public double Bytes { get; }

    public void Store() => _attention.Store(_rows.Floats, _width, _rows.Floats, _width, _memory.Floats, _sequences);

    public void Run() => _attention.Run(_rows.Floats, _width, _output.Floats, _width, _memory.Floats, _sequences);

    public void Dispose()
    {
        _attention.Dispose();
        _rows.Dispose();
        _output.Dispose();
        _memory.Dispose();
        _table.Dispose();
    }
}
