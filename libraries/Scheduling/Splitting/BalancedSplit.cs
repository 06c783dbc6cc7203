namespace DaprMoE.Scheduling;

/// <summary>The least possible largest device load in whole tokens, exactly.</summary>
internal sealed class BalancedSplit : ISplitRule
{
    public string Name => "balanced";

    public void Split(ReadOnlySpan<int> tokens, LayerPlan plan, in SplitContext context, SplitResult result)
    {
        SplitInput.Start(tokens, plan, result);
        Span<int> loads = result.DeviceTokensBuffer;
        WholeExperts.Assign(tokens, plan, floor: 0, result, loads);
        result.Movable.Build(tokens, plan);
        Levelling.Run(new DividedLayer(plan, result, loads, floor: 0), result.Path);
    }
}
