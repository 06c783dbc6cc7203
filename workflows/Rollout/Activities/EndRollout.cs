using DaprMoE.Ports;

namespace DaprMoE.Workflows;

/// <summary>Forgets a rollout's plans. Input: the version of the proposed plan.</summary>
internal sealed class EndRollout(RolloutStore rollouts, TimeProvider time) : DeadlineActivity<long, bool>(time)
{
    protected override async Task<bool> RunAsync(long input, CancellationToken cancellationToken)
    {
        await rollouts.EndAsync(input, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
