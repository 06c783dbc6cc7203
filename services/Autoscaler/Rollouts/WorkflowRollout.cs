using System.Globalization;
using DaprMoE.Ports;

namespace DaprMoE.Autoscaler;

/// <summary>
/// Brings plans into force by the workflow PlanRollout, one at a time: devices are warm before the switch, and a rollout that fails is
/// taken back.
/// </summary>
/// <param name="rollouts">Keeps the plans of open rollouts.</param>
/// <param name="workflows">Starts the workflow.</param>
public sealed class WorkflowRollout(RolloutStore rollouts, IWorkflowStarter workflows) : IPlanRollout
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryStartAsync(PlanDocument plan, StoredPlan? inForce, CancellationToken cancellationToken)
    {
        if (await IsUnderWayAsync(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        PlanDocument proposed = await rollouts.ProposeAsync(plan, inForce?.Plan.Version ?? 0, cancellationToken).ConfigureAwait(false);
        return await TryStartAsync(proposed.Version, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask ResumeAsync(StoredPlan? inForce, CancellationToken cancellationToken) =>
        await IsUnderWayAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Whether a rollout is open. One whose run is lost is started again; one whose run failed is given up: the next plan replaces it.
    /// </summary>
    private async Task<bool> IsUnderWayAsync(CancellationToken cancellationToken)
    {
        long open = await rollouts.ReadOpenAsync(cancellationToken).ConfigureAwait(false);
        if (open == 0)
        {
            return false;
        }

        WorkflowRun? run = await workflows.GetAsync(Id(open), cancellationToken).ConfigureAwait(false);
        if (run is not { HasEnded: true })
        {
            return run is not null || await TryStartAsync(open, cancellationToken).ConfigureAwait(false);
        }

        await rollouts.EndAsync(open, cancellationToken).ConfigureAwait(false);
        return false;
    }

    private async Task<bool> TryStartAsync(long version, CancellationToken cancellationToken)
    {
        try
        {
            object input = new { Version = version };
            await workflows.StartAsync(WorkflowNames.PlanRollout, Id(version), input, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (WorkflowStartException)
        {
            await rollouts.EndAsync(version, cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    private static string Id(long version) => string.Create(CultureInfo.InvariantCulture, $"rollout-{version}");
}
