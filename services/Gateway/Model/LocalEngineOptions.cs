using DaprMoE.Tensors;

namespace DaprMoE.Gateway;

/// <summary>How the engine of one process is composed.</summary>
public sealed record LocalEngineOptions
{
    /// <value>Threads that compute; at least 1. The default is one per core.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <value>Longest sequence in tokens; the default (null) is the model's, at most 8,192.</value>
    public int? ContextLength { get; init; }

    /// <value>Most sequences in one iteration. The default is 16.</value>
    public int MaxRunning { get; init; } = 16;

    /// <value>Most sequences that wait. The default is 256.</value>
    public int MaxQueued { get; init; } = 256;

    /// <value>Most rows of one iteration. The default is 512.</value>
    public int TokenBudget { get; init; } = 512;

    /// <value>Tokens of KV cache; the default (null) is MaxRunning contexts, at most 1 GiB; it is at least one context.</value>
    public int? KvTokens { get; init; }

    /// <value>Vector width of the kernels; the default is the widest that runs in hardware.</value>
    public VectorWidth Width { get; init; } = VectorWidths.Best;
}
