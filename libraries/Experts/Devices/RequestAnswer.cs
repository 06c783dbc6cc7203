using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>What a device says to a request.</summary>
/// <param name="Refusal">Why it is not followed; <see cref="RefusalReason.None"/> when it is.</param>
/// <param name="Bytes">Bytes that it needs, where memory is why.</param>
/// <param name="LimitBytes">Bytes that it could have.</param>
public readonly record struct RequestAnswer(RefusalReason Refusal, long Bytes = 0, long LimitBytes = 0)
{
    /// <summary>Whether it is followed.</summary>
    public bool IsAccepted => Refusal == RefusalReason.None;
}

/// <summary>A replica of a plan that is not followed.</summary>
/// <param name="Replica">The replica; meaningless when the whole plan is refused.</param>
/// <param name="Answer">Why.</param>
public readonly record struct ReplicaRefusal(ReplicaId Replica, RequestAnswer Answer)
{
    /// <summary>The refusal as a sentence for whoever asked.</summary>
    /// <param name="device">The device that refuses.</param>
    /// <param name="plan">Version of the plan that was asked for; null where none was.</param>
    public string Describe(IExpertDevice device, long? plan = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        string what = Answer.Refusal == RefusalReason.StalePlan ? $"plan {plan}, since it follows {device.PlanVersion}" : $"{Replica}";
        string bytes = Answer.LimitBytes > 0 ? $" ({Answer.Bytes} bytes needed, {Answer.LimitBytes} to be had)" : "";
        return $"Device {device.Name} refuses {what}: {Answer.Refusal.Name()}{bytes}.";
    }
}
