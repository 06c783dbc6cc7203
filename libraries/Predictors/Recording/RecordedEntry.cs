namespace DaprMoE.Predictors;

/// <summary>A prompt while it is recorded: which rows of the memory are its tokens, in order.</summary>
internal sealed class RecordedEntry(int maxTokens)
{
    private readonly int[] _rows = new int[maxTokens];

    public int Sequence { get; set; }

    /// <summary>Tokens whose rows are whole.</summary>
    public int Count { get; private set; }

    /// <summary>Tokens whose rows are being written in this iteration, whole ones included.</summary>
    public int Taken { get; private set; }

    public int PromptTokens { get; set; }

    public bool IsFull => Taken == _rows.Length;

    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Taken);

    public void Take(int row) => _rows[Taken++] = row;

    public void Commit() => Count = Taken;

    /// <summary>Takes back what an iteration that failed has begun.</summary>
    public void Truncate() => Taken = Count;

    public void Clear(int sequence)
    {
        Sequence = sequence;
        Count = 0;
        Taken = 0;
        PromptTokens = 0;
    }
}
