namespace DaprMoE.Workflows;

/// <summary>Input of <see cref="PlanRollout"/>. The plan itself is in <see cref="Ports.RolloutStore"/>.</summary>
/// <param name="Version">Version of the proposed plan.</param>
public sealed record RolloutRequest(long Version)
{
    /// <summary>How long devices may take until all replicas of the plan are warm; then the rollout is taken back.</summary>
    public TimeSpan WarmTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Time between the switch and the drain, in which all gateways take the new plan up: they read state on the event and every 2 s.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>How long calls may hold replicas that are to leave; what is left then goes when its calls end.</summary>
    public TimeSpan EvictTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
