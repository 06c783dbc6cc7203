using DaprMoE.Ports;

namespace DaprMoE.Workflows;

/// <summary>Says that a plan is in force.</summary>
internal static class PlanEvents
{
    private const string Source = "plan-rollout";

    public static ValueTask PublishAsync(IEventBus events, PlanDocument plan, CancellationToken cancellationToken) =>
        events.PublishAsync(EventTopics.ExpertPlan, new VersionEvent(Source, plan.Version), cancellationToken);
}
