namespace DaprMoE.Scheduling;

/// <summary>What the residency of one device is bound by.</summary>
public sealed record ResidencySettings
{
    /// <summary>Pages that memory is taken and given back in.</summary>
    public const int DefaultPageBytes = 4096;

    /// <summary>The device, as bills name it.</summary>
    public required int Device { get; init; }

    /// <summary>The kind of its memory, as the price list names it.</summary>
    public required string MemoryKind { get; init; }

    /// <summary>Bytes for experts, at least 0; never exceeded.</summary>
    public required long BudgetBytes { get; init; }

    /// <summary>The model's layers.</summary>
    public required IReadOnlyList<LayerExperts> Layers { get; init; }

    /// <summary>The longest time that a replica which no plan holds stays idle, in microseconds, at least 0.</summary>
    public required long KeepAliveUs { get; init; }

    /// <summary>
    /// Bytes that may be loading when a warm-up (of the fast loop or of a plan) starts, its own included; one load alone always may.
    /// </summary>
    public required long WarmUpBytesInFlight { get; init; }

    /// <summary>Calls that may wait at a time, at least 1.</summary>
    public int MaxWaitingCalls { get; init; } = 1024;

    /// <summary>What pressure takes first.</summary>
    public EvictionRule Eviction { get; init; }

    /// <summary>A slot is a multiple of this; at least 1.</summary>
    public int PageBytes { get; init; } = DefaultPageBytes;

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(MemoryKind);
        ArgumentNullException.ThrowIfNull(Layers);
        ArgumentOutOfRangeException.ThrowIfNegative(BudgetBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(KeepAliveUs);
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUpBytesInFlight);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWaitingCalls, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(PageBytes, 1);
        for (int layer = 0; layer < Layers.Count; layer++)
        {
            (int experts, long bytes) = Layers[layer];
            if (experts < 0 || (experts > 0 && bytes < 1))
            {
                throw new ArgumentException(
                    $"Layer {layer} has {experts} experts of {bytes} bytes; a layer has at least 0 experts, an expert at least 1 byte.",
                    nameof(Layers));
            }
        }
    }
}
