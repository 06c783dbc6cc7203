namespace DaprMoE.Predictors;

/// <summary>Looks shares up by token id.</summary>
internal sealed class TableForecaster
{
    private readonly MoeShape _shape;
    private readonly TokenTable _table;
    private readonly int[] _rowOf;
    private readonly float[] _shares;

    public TableForecaster(MoeShape shape, TokenTable table)
    {
        _shape = shape;
        _table = table;
        _rowOf = new int[shape.VocabularySize];
        _shares = new float[shape.Layers.Max(layer => layer.Experts)];
        Array.Fill(_rowOf, table.Tokens.Length);
        for (int row = 0; row < table.Tokens.Length; row++)
        {
            _rowOf[table.Tokens[row]] = row;
        }
    }

    /// <summary>Whether the table is better than constants in a layer.</summary>
    public bool BeatsConstants(int index) => _table.Layers[index].BeatsConstants;

    public void Forecast(int index, in ForecastInput input, Span<float> loads)
    {
        MoeLayerShape layer = _shape.Layers[index];
        LayerHistories.RequireLength(input.Tokens.Length, input.Rows, nameof(input.Tokens));
        LayerHistories.RequireLength(loads.Length, layer.Experts, nameof(loads));
        bool counts = _table.Layers[index].Form == LoadForm.Counts;
        Span<float> shares = _shares.AsSpan(0, layer.Experts);
        Span<ushort> top = stackalloc ushort[layer.TopK];
        loads.Clear();
        for (int row = 0; row < input.Rows; row++)
        {
            ReadShares(index, input.Tokens[row], shares);
            if (counts || !input.Choices.IsEmpty)
            {
                LargestShares.Take(shares, top);
            }

            Add(counts, layer.TopK, shares, top, loads);
            for (int slot = 0; slot < layer.TopK && !input.Choices.IsEmpty; slot++)
            {
                input.Choices[(row * layer.TopK) + slot] = top[slot];
            }
        }
    }

    private void ReadShares(int index, int token, Span<float> shares)
    {
        ReadOnlySpan<ushort> stored = _table.Layers[index].Shares.AsSpan(_rowOf[token] * shares.Length, shares.Length);
        for (int expert = 0; expert < shares.Length; expert++)
        {
            shares[expert] = BrainFloat.Widen(stored[expert]);
        }
    }

    private static void Add(bool counts, int topK, ReadOnlySpan<float> shares, ReadOnlySpan<ushort> top, Span<float> loads)
    {
        if (counts)
        {
            foreach (ushort expert in top)
            {
                loads[expert]++;
            }

            return;
        }

        for (int expert = 0; expert < shares.Length; expert++)
        {
            loads[expert] += topK * shares[expert];
        }
    }
}
