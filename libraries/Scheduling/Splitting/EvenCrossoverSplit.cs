namespace DaprMoE.Scheduling;

/// <summary>Equal parts over as many replicas as the crossover allows; the others are not woken.</summary>
internal sealed class EvenCrossoverSplit : ISplitRule
{
    public string Name => "even-crossover";

    public void Split(ReadOnlySpan<int> tokens, LayerPlan plan, in SplitContext context, SplitResult result) =>
        EvenParts.Split(tokens, plan, context.Crossover, result);
}
