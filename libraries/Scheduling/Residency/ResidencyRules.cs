namespace DaprMoE.Scheduling;

/// <summary>
/// The rules of residency, for real memory and for simulated: what each event makes of a device's state and what is to be done about
/// it. The same events at the same times give the same effects.
/// </summary>
public static class ResidencyRules
{
    /// <summary>Applies one event.</summary>
    /// <param name="state">The device's residency; changed.</param>
    /// <param name="change">The event.</param>
    /// <param name="nowUs">The time in microseconds; one before the latest counts as the latest.</param>
    /// <param name="effects">Gets, behind what it holds, what there is to do and the transitions.</param>
    /// <exception cref="ArgumentException">
    /// The event makes no sense: the id of a call that is still known, a forecast of the wrong length or out of range, a plan with a
    /// negative keep-alive. Nothing is changed.
    /// </exception>
    public static void Apply(ResidencyState state, in ResidencyEvent change, long nowUs, ResidencyEffects effects)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(effects);
        EventCheck.ThrowIfInvalid(state, in change);
        state.LatestUs = Math.Max(state.LatestUs, nowUs);
        ResidencyStep step = new(state, effects, state.LatestUs);
        CallRules.Expire(step);
        ApplyOne(step, in change);
        ClaimRules.ServeQueue(step);
        PlanRules.LoadMissing(step);
    }

    private static void ApplyOne(in ResidencyStep step, in ResidencyEvent change)
    {
        switch (change.Kind)
        {
            case ResidencyEventKind.Want:
                CallRules.Want(step, in change);
                break;
            case ResidencyEventKind.Acquire:
                CallRules.Acquire(step, in change);
                break;
            case ResidencyEventKind.Release:
                CallRules.Release(step, change.Id);
                break;
            case ResidencyEventKind.Plan:
                PlanRules.Adopt(step, in change);
                break;
            case ResidencyEventKind.Forecast:
                step.State.Uses.Update((int)change.Id, change.Chances.Span);
                break;
            default:
                ApplyToReplica(step, in change);
                break;
        }
    }

    private static void ApplyToReplica(in ResidencyStep step, in ResidencyEvent change)
    {
        switch (change.Kind)
        {
            case ResidencyEventKind.PreWarm:
                LoadRules.PreWarm(step, change.Id, change.Replica);
                break;
            case ResidencyEventKind.Loaded:
                LoadRules.Loaded(step, change.Id, change.Replica);
                break;
            case ResidencyEventKind.LoadFailed:
                LoadRules.Failed(step, change.Id, change.Replica);
                break;
            case ResidencyEventKind.Cancel:
                LoadRules.Cancel(step, change.Id, change.Replica);
                break;
            case ResidencyEventKind.Pin:
                StayRules.Pin(step, change.Replica);
                break;
            case ResidencyEventKind.Unpin:
                StayRules.Unpin(step, change.Replica);
                break;
            case ResidencyEventKind.Drain:
                StayRules.Drain(step, change.Replica);
                break;
            default:
                ApplyToDevice(step, change.Kind);
                break;
        }
    }

    private static void ApplyToDevice(in ResidencyStep step, ResidencyEventKind kind)
    {
        switch (kind)
        {
            case ResidencyEventKind.Tick:
                StayRules.EndKeepAlive(step);
                break;
            case ResidencyEventKind.ScaleToZero:
                StayRules.ScaleToZero(step);
                break;
            case ResidencyEventKind.DeviceLost:
                StayRules.LoseDevice(step);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such event of a device's residency.");
        }
    }
}
