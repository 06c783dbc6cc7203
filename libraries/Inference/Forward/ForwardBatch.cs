using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>
/// The rows of one iteration: for each sequence a run of tokens at consecutive positions (a prefill chunk or one decode token),
/// and which rows want logits. Filled anew for each iteration; its arrays are allocated once.
/// </summary>
internal sealed unsafe class ForwardBatch
{
    private readonly int[] _tokens;
    private readonly int[] _positions;
    private readonly AttentionSequence[] _sequences;
    private readonly ForwardRun[] _runs;
    private readonly int[] _logitRows;
    private readonly int[] _logitSequences;

    /// <param name="maxRows">Most rows of one iteration.</param>
    /// <param name="maxSequences">Most sequences of one iteration.</param>
    /// <param name="maxLogitRows">Most rows that want logits.</param>
    public ForwardBatch(int maxRows, int maxSequences, int maxLogitRows)
    {
        _tokens = new int[maxRows];
        _positions = new int[maxRows];
        _sequences = new AttentionSequence[maxSequences];
        _runs = new ForwardRun[maxSequences];
        _logitRows = new int[maxLogitRows];
        _logitSequences = new int[maxLogitRows];
    }

    public int Rows { get; private set; }

    public int SequenceCount { get; private set; }

    public int LogitCount { get; private set; }

    public int FreeRows => _tokens.Length - Rows;

    public ReadOnlySpan<int> Tokens => _tokens.AsSpan(0, Rows);

    public ReadOnlySpan<int> Positions => _positions.AsSpan(0, Rows);

    public ReadOnlySpan<AttentionSequence> Sequences => _sequences.AsSpan(0, SequenceCount);

    /// <summary>What observers are told of the rows.</summary>
    public ForwardRows Described => new() { Tokens = Tokens, Runs = _runs.AsSpan(0, SequenceCount) };

    /// <summary>Rows that want logits, ascending.</summary>
    public ReadOnlySpan<int> LogitRows => _logitRows.AsSpan(0, LogitCount);

    /// <summary>For each of <see cref="LogitRows"/> the number its sequence is observed by.</summary>
    public ReadOnlySpan<int> LogitSequences => _logitSequences.AsSpan(0, LogitCount);

    public void Clear()
    {
        Rows = 0;
        SequenceCount = 0;
        LogitCount = 0;
    }

    /// <summary>Adds a run of tokens.</summary>
    /// <param name="tokens">The tokens, at least one, at most <see cref="FreeRows"/>.</param>
    /// <param name="firstPosition">Position of the first.</param>
    /// <param name="blocks">The sequence's KV blocks, enough for its last position.</param>
    /// <param name="logits">Which of the rows want logits.</param>
    /// <param name="sequence">The number that observers know the sequence by.</param>
    /// <param name="promptRows">How many of the tokens, counted from the first, are of the prompt.</param>
    /// <param name="requestId">Id of the request that the sequence belongs to.</param>
    public void Add(
        ReadOnlySpan<int> tokens, int firstPosition, int* blocks, LogitSelection logits, int sequence, int promptRows, string? requestId = null)
    {
        tokens.CopyTo(_tokens.AsSpan(Rows));
        for (int i = 0; i < tokens.Length; i++)
        {
            _positions[Rows + i] = firstPosition + i;
        }

        _runs[SequenceCount] = new ForwardRun(sequence, Rows, tokens.Length, firstPosition, promptRows) { RequestId = requestId };
        _sequences[SequenceCount++] = new AttentionSequence
        {
            FirstRow = Rows,
            Rows = tokens.Length,
            FirstPosition = firstPosition,
            Blocks = blocks,
        };
        int first = logits switch { LogitSelection.All => 0, LogitSelection.Last => tokens.Length - 1, _ => tokens.Length };
        for (int i = first; i < tokens.Length; i++)
        {
            _logitRows[LogitCount] = Rows + i;
            _logitSequences[LogitCount++] = sequence;
        }

        Rows += tokens.Length;
    }
}

/// <summary>Which rows of a run want logits.</summary>
internal enum LogitSelection
{
    None,
    Last,
    All,
}
