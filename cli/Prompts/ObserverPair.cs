using DaprMoE.Inference;

namespace DaprMoE.Cli;

/// <summary>Two observers of what a recording is made from.</summary>
internal sealed class ObserverPair(IForwardObserver first, IForwardObserver second) : IForwardObserver
{
    public void BeforeLayers(in ForwardRows rows)
    {
        first.BeforeLayers(rows);
        second.BeforeLayers(rows);
    }

    public void BeforeGate(int layer, ReadOnlySpan<float> gateInput)
    {
        first.BeforeGate(layer, gateInput);
        second.BeforeGate(layer, gateInput);
    }

    public void AfterGate(int layer, ReadOnlySpan<float> routerLogits, ReadOnlySpan<int> experts, ReadOnlySpan<float> weights)
    {
        first.AfterGate(layer, routerLogits, experts, weights);
        second.AfterGate(layer, routerLogits, experts, weights);
    }
}
