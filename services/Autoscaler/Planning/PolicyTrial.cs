using DaprMoE.Scheduling;

namespace DaprMoE.Autoscaler;

/// <summary>Tries policies on the box as it is now. Safe for any thread.</summary>
/// <param name="boxes">Knows the devices.</param>
public sealed class PolicyTrial(IPlanningBoxSource boxes)
{
    /// <summary>Why a policy can make no plan for the devices that are alive; null when it can, or none are known yet.</summary>
    /// <param name="policy">The policy.</param>
    public string? RefusalOf(string policy)
    {
        if (boxes.Current is not { } box)
        {
            return null;
        }

        try
        {
            new PlanMaker(new ActivePolicy(policy).Current, box).Decide(forecast: null, previous: null, now: TimeSpan.Zero);
            return null;
        }
        catch (SchedulingException exception)
        {
            return exception.Message;
        }
    }
}
