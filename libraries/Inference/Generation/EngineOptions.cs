namespace DaprMoE.Inference;

/// <summary>Limits of an engine.</summary>
public sealed record EngineOptions
{
    /// <value>Longest sequence in tokens; at least 2.</value>
    public required int ContextLength { get; init; }

    /// <value>Most sequences in one iteration. The default is 16.</value>
    public int MaxRunning { get; init; } = 16;

    /// <value>Most sequences that wait. The default is 256.</value>
    public int MaxQueued { get; init; } = 256;

    /// <value>Most rows of one iteration, prefill and decode together; at least MaxRunning. The default is 512.</value>
    public int TokenBudget { get; init; } = 512;

    /// <value>Tokens whose keys and values are kept; at least ContextLength. The default is ContextLength.</value>
    public int KvTokens { get; init; }
}
