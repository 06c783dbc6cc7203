namespace DaprMoE.Inference;

/// <summary>The rows of one iteration: what each of them computes. Valid during the call only.</summary>
public readonly ref struct ForwardRows
{
    /// <summary>The token id of each row.</summary>
    public required ReadOnlySpan<int> Tokens { get; init; }

    /// <summary>The runs that the rows consist of, in order.</summary>
    public required ReadOnlySpan<ForwardRun> Runs { get; init; }
}

/// <summary>Consecutive tokens of one sequence in one iteration: a prefill chunk or a decode token.</summary>
/// <param name="Sequence">The number that observers know the sequence by: from 0, in the order in which an engine was given them.</param>
/// <param name="FirstRow">Its first row in the iteration.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="FirstPosition">Position of the first row's token; 0 begins a sequence, or one that is computed again.</param>
/// <param name="PromptRows">How many of the rows, counted from the first, are tokens of the prompt.</param>
public readonly record struct ForwardRun(int Sequence, int FirstRow, int Rows, int FirstPosition, int PromptRows)
{
    /// <summary>Id of the request that the sequence belongs to; null when the engine was not told.</summary>
    public string? RequestId { get; init; }
}
