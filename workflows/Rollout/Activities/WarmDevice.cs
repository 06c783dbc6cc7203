using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Workflows;

/// <summary>Tells a device the plan that it is to follow, unless it follows it already.</summary>
internal sealed class WarmDevice(IExpertControl control, RolloutStore rollouts, TimeProvider time)
    : DeadlineActivity<DeviceStep, WarmAnswer>(time)
{
    protected override async Task<WarmAnswer> RunAsync(DeviceStep input, CancellationToken cancellationToken)
    {
        RolloutPlans plans = await RolloutPlans.ReadAsync(rollouts, input.Version, input.Side, cancellationToken).ConfigureAwait(false);
        if (await RolloutDevice.FindForAsync(plans, control, input.Device, cancellationToken).ConfigureAwait(false) is not { } device)
        {
            return new WarmAnswer(Waiting: 0, Refusal: null, IsSuperseded: false);
        }

        return await TellAsync(control, device, plans, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="InvalidOperationException">The device did not take the plan over.</exception>
    public static async Task<WarmAnswer> TellAsync(
        IExpertControl control, RolloutDevice device, RolloutPlans plans, CancellationToken cancellationToken)
    {
        IReadOnlyList<ReplicaId> staying = plans.StayingOn(device.Now.Name);
        IReadOnlyList<string> refusals = [];
        if (device.Now.PlanVersion < plans.Version)
        {
            IReadOnlyList<ReplicaId> leaving = plans.LeavingFrom(device.Now.Name);
            refusals = await control.PlanAsync(device.Index, plans.Version, staying, plans.KeepAlive, leaving, cancellationToken)
                .ConfigureAwait(false);
            device = await RolloutDevice.FindAsync(control, device.Now.Name, cancellationToken).ConfigureAwait(false);
        }

        if (device.Now.PlanVersion < plans.Version)
        {
            throw new InvalidOperationException(
                Text(refusals) ?? $"Device '{device.Now.Name}' did not take plan {plans.Version} over.");
        }

        return new WarmAnswer(device.NotWarm(staying), Text(refusals), IsSuperseded: device.Now.PlanVersion > plans.Version);
    }

    private static string? Text(IReadOnlyList<string> refusals) => refusals.Count switch
    {
        0 => null,
        1 => refusals[0],
        int n => $"{refusals[0]} {n - 1} more are refused.",
    };
}
