using DaprMoE.Ports;

namespace DaprMoE.Autoscaler;

/// <summary>
/// A plan is in force as soon as it is written, by compare-and-set; devices then load what they lack. For boxes where nothing can be warmed
/// ahead.
/// </summary>
/// <param name="state">Where plans are kept.</param>
/// <param name="bus">Where they are announced.</param>
public sealed class SwitchAtOnce(IStateStore state, IEventBus bus) : IPlanRollout
{
    private const string Source = "autoscaler";

    private readonly PlanStore _plans = new(state);

    /// <inheritdoc/>
    public async ValueTask<bool> TryStartAsync(PlanDocument plan, StoredPlan? inForce, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!await _plans.TryWriteAsync(plan, inForce, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await AnnounceAsync(plan, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public ValueTask ResumeAsync(StoredPlan? inForce, CancellationToken cancellationToken) =>
        inForce is null ? ValueTask.CompletedTask : AnnounceAsync(inForce.Plan, cancellationToken);

    private ValueTask AnnounceAsync(PlanDocument plan, CancellationToken cancellationToken) =>
        bus.PublishAsync(EventTopics.ExpertPlan, new VersionEvent(Source, plan.Version), cancellationToken);
}
