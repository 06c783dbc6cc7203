namespace DaprMoE.Scheduling;

/// <summary>Divides the tokens of each expert over its replicas. Rules hold no state and may be shared by threads.</summary>
public interface ISplitRule
{
    /// <summary>The name it is configured by.</summary>
    string Name { get; }

    /// <summary>
    /// Divides whole tokens; every token of an expert with a replica goes to exactly one of them. The tokens of experts without a replica
    /// are counted in <see cref="SplitResult.Unserved"/>.
    /// </summary>
    /// <param name="tokens">Tokens of each expert, 0 or more.</param>
    /// <param name="plan">The replicas that are alive.</param>
    /// <param name="context">Time model and crossover.</param>
    /// <param name="result">Receives the division; its buffers are reused.</param>
    /// <exception cref="SchedulingException">Not one load per expert, or a negative one.</exception>
    void Split(ReadOnlySpan<int> tokens, LayerPlan plan, in SplitContext context, SplitResult result);
}
