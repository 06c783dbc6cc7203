using Dapr.Workflow;
using Microsoft.Extensions.Logging;

namespace DaprMoE.Workflows;

/// <summary>
/// Brings a proposed plan into force as a saga: warm, wait, switch, drain, evict. If a step up to the switch fails, the plan before comes
/// back and what was warmed goes. It can be begun again at any point.
/// </summary>
public sealed partial class PlanRollout : Workflow<RolloutRequest, RolloutResult>
{
    /// <inheritdoc/>
    public override async Task<RolloutResult> RunAsync(WorkflowContext context, RolloutRequest input)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(input);
        RolloutScope scope = await context.CallActivityAsync<RolloutScope>(nameof(BeginRollout), input.Version, RolloutSteps.Retries);
        RolloutSteps steps = new(context, input, scope.Devices);
        RolloutResult result = scope.Standing switch
        {
            RolloutStanding.Ended => Result(input, RolloutOutcome.Done),
            RolloutStanding.Superseded => Result(input, RolloutOutcome.Superseded, "A newer plan is in force."),
            RolloutStanding.TakingBack => await TakeBackAsync(steps, input, "The rollout was being taken back when it was cut off."),
            _ => await RollOutAsync(steps, input),
        };
        await context.CallActivityAsync<bool>(nameof(EndRollout), input.Version, RolloutSteps.Retries);
        context.SetCustomStatus(RolloutPhase.End);
        LogEnded(context.CreateReplaySafeLogger<PlanRollout>(), input.Version, result.Outcome, result.Reason ?? "-");
        return result;
    }

    private static async Task<RolloutResult> RollOutAsync(RolloutSteps steps, RolloutRequest input)
    {
        try
        {
            await steps.WarmAsync(RolloutSide.Proposed);
            await steps.WaitUntilWarmAsync();
            await steps.SwitchAsync();
        }
        catch (RolloutSupersededException superseded)
        {
            return Result(input, RolloutOutcome.Superseded, superseded.Message);
        }
        catch (Exception failure)
        {
            return await TakeBackAsync(steps, input, RolloutSteps.Reason(failure));
        }

        await steps.GraceAsync();
        return Result(input, RolloutOutcome.Done, left: await steps.ClearAsync(RolloutSide.Proposed));
    }

    private static async Task<RolloutResult> TakeBackAsync(RolloutSteps steps, RolloutRequest input, string reason)
    {
        if (!await steps.RestoreAsync())
        {
            return Result(input, RolloutOutcome.Superseded, reason);
        }

        IReadOnlyList<string> left = await steps.ClearAsync(RolloutSide.Restored);
        return Result(input, RolloutOutcome.TakenBack, reason, left);
    }

    private static RolloutResult Result(
        RolloutRequest input, RolloutOutcome outcome, string? reason = null, IReadOnlyList<string>? left = null) =>
        new(input.Version, outcome, reason, left ?? []);

    [LoggerMessage(LogLevel.Information, "Rollout of plan {Version}: {Outcome} ({Reason}).")]
    private static partial void LogEnded(ILogger logger, long version, RolloutOutcome outcome, string reason);
}
