namespace DaprMoE.Dispatch;

/// <summary>
/// Decides, iteration by iteration and layer by layer, which replicas experts have: forecast, policy, warm-ups ahead of use. What is
/// public is safe for any thread; the dispatcher calls the rest from the engine's thread.
/// </summary>
public sealed class FastLoop
{
    private PlanInForce? _plan;

    /// <summary>Version of the slow loop's plan that is followed; 0 before the first.</summary>
    public long PlanVersion => Volatile.Read(ref _plan)?.Version ?? 0;

    /// <summary>Takes a plan of the slow loop as the base from here on. One that is not newer than that which is followed changes nothing.</summary>
    /// <exception cref="ArgumentException">It has not the model's layers and experts, or not the gateway's devices.</exception>
    public void Follow(PlanInForce plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Volatile.Write(ref _plan, plan);
    }
}
