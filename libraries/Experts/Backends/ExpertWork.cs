using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>Rows of one layer for several experts of one device.</summary>
public readonly ref struct ExpertWork
{
    /// <summary>The layer.</summary>
    public required int Layer { get; init; }

    /// <summary>Input rows, [t, H].</summary>
    public required ReadOnlySpan<float> Input { get; init; }

    /// <summary>For each assignment the input row that it reads, ordered by expert.</summary>
    public required ReadOnlySpan<int> Rows { get; init; }

    /// <summary>The replicas, by expert, each with its run of <see cref="Rows"/>.</summary>
    public required ReadOnlySpan<ReplicaGroup> Groups { get; init; }

    /// <summary>Receives one row per assignment, [assignments, H].</summary>
    public required Span<float> Output { get; init; }
}
