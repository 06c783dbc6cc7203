namespace DaprMoE.Scheduling;

/// <summary>
/// Decides which replicas a layer has and where they live. Pure: the same state, input and time give the same plan; everything it
/// remembers is in the state. One instance may be shared by threads, a state may not.
/// </summary>
public interface IPolicy
{
    /// <summary>The name it is configured by.</summary>
    string Name { get; }

    /// <summary>What it needs, and the split rule that dispatches its plans.</summary>
    PolicyTraits Traits { get; }

    /// <summary>A fresh memory.</summary>
    /// <param name="setup">Model and box.</param>
    /// <exception cref="SchedulingException">A setup that no policy can work with.</exception>
    PolicyState CreateState(in PolicySetup setup);

    /// <summary>Plans one layer.</summary>
    /// <param name="state">A state of this policy.</param>
    /// <param name="input">What is known about the layer.</param>
    /// <param name="now">Time since any fixed start; it never falls.</param>
    /// <param name="plan">Receives the plan, sealed. It must not be <see cref="PolicyInput.Previous"/>.</param>
    /// <returns>Why the plan is what it is.</returns>
    /// <exception cref="SchedulingException">Loads that are NaN or negative, lengths that do not fit, or too little room for a policy
    /// that needs one of each expert.</exception>
    PlanReason Decide(PolicyState state, in PolicyInput input, TimeSpan now, LayerPlan plan);
}
