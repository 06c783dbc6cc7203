namespace DaprMoE.Tensors.Tests;

/// <summary>
/// Sequences with random queries, keys and values in scattered blocks. The pool is full of NaN before anything is stored: whoever reads a
/// position that no row sees is found out.
/// </summary>
internal sealed unsafe class AttentionScenario(int heads, int kvHeads, int headSize, int[] lengths)
{
    private readonly float[] _queries = Normal(lengths.Sum() * heads * headSize, seed: 1);
    private readonly float[] _keys = Normal(lengths.Sum() * kvHeads * headSize, seed: 2);
    private readonly float[] _values = Normal(lengths.Sum() * kvHeads * headSize, seed: 3);

    public float Scale { get; } = 1 / MathF.Sqrt(headSize);

    private int QueryWidth => heads * headSize;

    private int KeyWidth => kvHeads * headSize;

    /// <summary>All sequences' results one after the other, computed <paramref name="chunk"/> rows at a time.</summary>
    public float[] Run(int workers, VectorWidth width, int chunk, bool together)
    {
        using var pool = new WorkerPool(workers);
        using var attention = new PagedAttention(pool, heads, kvHeads, headSize, Scale, width);
        var tables = BlockTables();
        using var memory = new NativeBuffer((tables.Length + 1) * attention.Layout.BlockFloats * sizeof(float));
        new Span<float>(memory.Floats, (int)(memory.Length / sizeof(float))).Fill(float.NaN);
        var output = new float[_queries.Length];
        fixed (int* blocks = tables)
        fixed (float* queries = _queries, keys = _keys, values = _values, results = output)
        {
            foreach (var batch in Batches(blocks, chunk, together))
            {
                attention.Store(keys, KeyWidth, values, KeyWidth, memory.Floats, batch);
                attention.Run(queries, QueryWidth, results, QueryWidth, memory.Floats, batch);
            }
        }

        return output;
    }

    /// <summary>The textbook formula in double precision.</summary>
    public double[] Reference()
    {
        var output = new double[_queries.Length];
        var first = 0;
        foreach (var length in lengths)
        {
            for (var row = 0; row < length; row++)
            {
                for (var head = 0; head < heads; head++)
                {
                    Attend(first, row, head, output.AsSpan(((first + row) * QueryWidth) + (head * headSize), headSize));
                }
            }

            first += length;
        }

        return output;
    }

    private static float[] Normal(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
            * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }

    private void Attend(int first, int row, int head, Span<double> output)
    {
        var kvHead = head / (heads / kvHeads);
        var query = _queries.AsSpan(((first + row) * QueryWidth) + (head * headSize), headSize);
        var weights = new double[row + 1];
        for (var position = 0; position <= row; position++)
        {
            var key = _keys.AsSpan(((first + position) * KeyWidth) + (kvHead * headSize), headSize);
            for (var i = 0; i < headSize; i++)
            {
                weights[position] += (double)query[i] * key[i] * Scale;
            }
        }

        var most = weights.Max();
        weights = [.. weights.Select(weight => Math.Exp(weight - most))];
        var sum = weights.Sum();
        for (var position = 0; position <= row; position++)
        {
            var value = _values.AsSpan(((first + position) * KeyWidth) + (kvHead * headSize), headSize);
            for (var i = 0; i < headSize; i++)
            {
                output[i] += weights[position] / sum * value[i];
            }
        }
    }

    /// <summary>Blocks of all sequences, dealt out in a scattered order.</summary>
    private int[] BlockTables()
    {
        var ids = Enumerable.Range(0, lengths.Sum(Blocks)).ToArray();
        new Random(4).Shuffle(ids);
        return ids;
    }

    private static int Blocks(int length) => (length + KvLayout.BlockTokens - 1) / KvLayout.BlockTokens;

    private List<AttentionSequence[]> Batches(int* blocks, int chunk, bool together)
    {
        var rounds = new List<AttentionSequence[]>();
        for (var start = 0; start < lengths.Max(); start += chunk)
        {
            var round = new List<AttentionSequence>();
            var (firstRow, firstBlock) = (0, 0);
            foreach (var length in lengths)
            {
                round.Add(new AttentionSequence
                {
                    FirstRow = firstRow + start,
                    Rows = Math.Clamp(length - start, 0, chunk),
                    FirstPosition = start,
                    Blocks = blocks + firstBlock,
                });
                firstRow += length;
                firstBlock += Blocks(length);
            }

            rounds.AddRange(together ? [[.. round]] : round.Select(sequence => new[] { sequence }));
        }

        return rounds;
    }
}
