using DaprMoE.Scheduling;

namespace DaprMoE.Ports;

/// <summary>One layer's work for one device: which rows go to which of its experts, and where the results belong.</summary>
public readonly ref struct ExpertCall
{
    /// <summary>The device, by index.</summary>
    public required int Device { get; init; }

    /// <summary>The layer.</summary>
    public required int Layer { get; init; }

    /// <summary>Width H of a row.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The gate input of the iteration, [t, H].</summary>
    public required ReadOnlySpan<float> Input { get; init; }

    /// <summary>For each assignment of this call the row of <see cref="Input"/> that it reads, ordered by expert.</summary>
    public required ReadOnlySpan<int> Rows { get; init; }

    /// <summary>The experts called, ascending, each with its run of <see cref="Rows"/>.</summary>
    public required ReadOnlySpan<ExpertGroup> Groups { get; init; }

    /// <summary>Receives one row per assignment, in the order of <see cref="Rows"/>: [assignments, H].</summary>
    public required Span<float> Output { get; init; }
}
