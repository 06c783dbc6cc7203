using DaprMoE.Ports;

namespace DaprMoE.Workflows;

/// <summary>Tells a device the plan that it is to follow.</summary>
internal sealed class WarmDevice(IExpertControl control, RolloutStore rollouts, TimeProvider time)
    : DeadlineActivity<DeviceStep, WarmAnswer>(time)
{
    protected override async Task<WarmAnswer> RunAsync(DeviceStep input, CancellationToken cancellationToken)
    {
        RolloutPlans plans = await RolloutPlans.ReadAsync(rollouts, input.Version, input.Side, cancellationToken).ConfigureAwait(false);
        DevicePlan plan = plans.On(input.Device);
        return await TellAsync(control, input.Device, plan, cancellationToken).ConfigureAwait(false);
    }

    public static async Task<WarmAnswer> TellAsync(
        IExpertControl control, string device, DevicePlan plan, CancellationToken cancellationToken)
    {
        DevicePlanAnswer answer = await control.WarmAsync(device, plan, cancellationToken).ConfigureAwait(false);
        return answer.Version > plan.Version
            ? new WarmAnswer(0, Refusal: null, IsSuperseded: true)
            : new WarmAnswer(plan.Replicas.Count, Refusal(device, answer.Refused), IsSuperseded: false);
    }

    private static string? Refusal(string device, IReadOnlyList<RefusedReplica> refused) => refused.Count == 0
        ? null
        : $"Device '{device}' refuses {refused.Count} replicas, first {refused[0]}.";
}
