namespace DaprMoE.Scheduling;

/// <summary>What a policy sees when it decides about one layer.</summary>
public readonly ref struct PolicyInput
{
    /// <summary>The layer, among the MoE layers, from 0.</summary>
    public required int Layer { get; init; }

    /// <summary>Forecast tokens of each expert in the iteration to come; empty when there is no forecast.</summary>
    public ReadOnlySpan<double> Forecast { get; init; }

    /// <summary>The layer's last loads; null when nothing was seen.</summary>
    public LoadHistory? History { get; init; }

    /// <summary>Replicas of this layer that each device can hold.</summary>
    public required ReadOnlySpan<int> Slots { get; init; }

    /// <summary>The replicas that are alive now; null when none are.</summary>
    public LayerPlan? Previous { get; init; }
}
