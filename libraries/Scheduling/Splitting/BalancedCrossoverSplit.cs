namespace DaprMoE.Scheduling;

/// <summary>Balances device times under the roofline.</summary>
internal sealed class BalancedCrossoverSplit : ISplitRule
{
    public string Name => "balanced-crossover";

    public void Split(ReadOnlySpan<int> tokens, LayerPlan plan, in SplitContext context, SplitResult result) =>
        throw new NotImplementedException();
}
