namespace DaprMoE.Predictors;

/// <summary>What a predictor says of each row of a recording: the experts foreseen, and what the row adds to the forecast loads.</summary>
internal sealed class RowForecast(int experts, int topK, int rows)
{
    public int Experts => experts;

    public int TopK => topK;

    /// <summary>Foreseen experts, [rows, k].</summary>
    public ushort[] Choices { get; } = new ushort[(long)rows * topK];

    /// <summary>Soft loads, [rows, E]; each row adds up to k.</summary>
    public float[] Soft { get; } = new float[(long)rows * experts];

    /// <summary>Adds a row's loads.</summary>
    public void AddTo(Span<double> loads, int row, LoadForm form)
    {
        if (form == LoadForm.Counts)
        {
            foreach (ushort expert in Choices.AsSpan(row * topK, topK))
            {
                loads[expert]++;
            }
        }
        else
        {
            ReadOnlySpan<float> soft = Soft.AsSpan(row * experts, experts);
            for (int expert = 0; expert < experts; expert++)
            {
                loads[expert] += soft[expert];
            }
        }
    }
}
