namespace DaprMoE.Scheduling;

/// <summary>The papers' rule in whole tokens: equal parts, the first replicas by index take the remainder.</summary>
internal sealed class EvenSplit : ISplitRule
{
    public string Name => "even";

    public void Split(ReadOnlySpan<int> tokens, LayerPlan plan, in SplitContext context, SplitResult result) =>
        EvenParts.Split(tokens, plan, crossover: 0, result);
}
