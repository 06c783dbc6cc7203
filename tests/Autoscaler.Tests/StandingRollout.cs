using DaprMoE.Ports;

namespace DaprMoE.Autoscaler.Tests;

/// <summary>Rollouts that begin and do not end.</summary>
internal sealed class StandingRollout : IPlanRollout
{
    public List<PlanDocument> Started { get; } = [];

    public ValueTask<bool> TryStartAsync(PlanDocument plan, StoredPlan? inForce, CancellationToken cancellationToken)
    {
        Started.Add(plan);
        return new ValueTask<bool>(true);
    }

    public ValueTask ResumeAsync(StoredPlan? inForce, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
