namespace DaprMoE.Dispatch.Tests;

/// <summary>The last decision about each layer.</summary>
internal sealed class DecisionLog : IFastLoopObserver
{
    public Dictionary<int, (string Policy, string Reason, long Plan, int Wanted, int Asked, int Cancelled, double? Accuracy, int Alive)> Last { get; } = [];

    public void Decided(in LayerDecision decision) => Last[decision.Layer] = (
        decision.Policy, Scheduling.PlanReasonNames.Name(decision.Reason), decision.PlanVersion, decision.Wanted, decision.Asked, decision.Cancelled,
        decision.Accuracy, decision.Alive.Count);
}
