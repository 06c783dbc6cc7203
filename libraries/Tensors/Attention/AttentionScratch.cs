namespace DaprMoE.Tensors;

/// <summary>A worker's memory for one tile: small enough for the first-level cache.</summary>
internal readonly unsafe struct AttentionScratch(float* memory, KvLayout layout)
{
    /// <summary>Positions whose scores are reduced together: four blocks.</summary>
    public const int Span = 4 * KvLayout.BlockTokens;

    /// <summary>Sums of exponentials per row: position p belongs to sum p mod 16.</summary>
    public const int SumLanes = 16;

    private const int MaxRows = 12;

    /// <summary>The queries, <c>[head size][rows]</c>.</summary>
    public float* Queries => memory;

    /// <summary>Scores, then their exponentials, [rows, <see cref="Span"/>].</summary>
    public float* Scores => memory + (MaxRows * AccumulatorStride);

    /// <summary>Weighted sums of values, [rows, <see cref="AccumulatorStride"/>].</summary>
    public float* Accumulators => Scores + (MaxRows * Span);

    /// <summary>[rows, <see cref="SumLanes"/>].</summary>
    public float* Sums => Accumulators + (MaxRows * AccumulatorStride);

    /// <summary>The largest score that each row has met.</summary>
    public float* Maxima => Sums + (MaxRows * SumLanes);

    /// <summary>The largest score of each row in the span at hand.</summary>
    public float* SpanMaxima => Maxima + MaxRows;

    public int AccumulatorStride => layout.ValuePanels * PackedMatrix.PanelWidth;

    /// <summary>Floats per worker, a multiple of 32 so that workers share no cache line.</summary>
    public static int Floats(KvLayout layout) =>
        MaxRows * ((2 * layout.ValuePanels * PackedMatrix.PanelWidth) + Span + (2 * SumLanes));

    public void Reset(int rows)
    {
        new Span<float>(Accumulators, rows * AccumulatorStride).Clear();
        new Span<float>(Sums, rows * SumLanes).Clear();
        new Span<float>(Maxima, rows).Fill(float.NegativeInfinity);
    }
}
