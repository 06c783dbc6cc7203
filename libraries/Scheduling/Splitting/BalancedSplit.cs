namespace DaprMoE.Scheduling;

/// <summary>The least possible largest device load, exactly.</summary>
internal sealed class BalancedSplit : ISplitRule
{
    public string Name => "balanced";

    public void Split(ReadOnlySpan<int> tokens, LayerPlan plan, in SplitContext context, SplitResult result) =>
        throw new NotImplementedException();
}
