using DaprMoE.Ports;

namespace DaprMoE.Autoscaler;

/// <summary>
/// Brings plans into force: the workflow PlanRollout where replicas are warmed before the switch, or <see cref="SwitchAtOnce"/>.
/// </summary>
public interface IPlanRollout
{
    /// <summary>Begins to bring a plan into force.</summary>
    /// <param name="plan">The plan; its version is the one after that in force, and may be raised.</param>
    /// <param name="inForce">The plan that it was decided against; null when there was none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when another plan came into force or is on its way: the plan is dropped, look again.</returns>
    /// <exception cref="StateStoreException">State can't be written.</exception>
    ValueTask<bool> TryStartAsync(PlanDocument plan, StoredPlan? inForce, CancellationToken cancellationToken);

    /// <summary>Once after a start: takes up what a restart cut off.</summary>
    /// <param name="inForce">The plan in force; null when there is none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StateStoreException">State can't be read or written.</exception>
    ValueTask ResumeAsync(StoredPlan? inForce, CancellationToken cancellationToken);
}
