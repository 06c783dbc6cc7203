using DaprMoE.Inference;

namespace DaprMoE.Torch.Tests;

/// <summary>Keeps the last pass as seen from inside, by layer.</summary>
internal sealed class LayerRecorder : IForwardObserver
{
    /// <summary>The residual stream after each layer, [t, H].</summary>
    public Dictionary<int, float[]> Hidden { get; } = [];

    /// <summary>The gate input of each MoE layer, [t, H].</summary>
    public Dictionary<int, float[]> GateInput { get; } = [];

    /// <summary>The chosen experts of each MoE layer, [t, k].</summary>
    public Dictionary<int, int[]> Experts { get; } = [];

    public void BeforeGate(int layer, ReadOnlySpan<float> gateInput) => GateInput[layer] = gateInput.ToArray();

    public void AfterGate(int layer, ReadOnlySpan<float> routerLogits, ReadOnlySpan<int> experts, ReadOnlySpan<float> weights) =>
        Experts[layer] = experts.ToArray();

    public void AfterLayer(int layer, ReadOnlySpan<float> hidden) => Hidden[layer] = hidden.ToArray();
}
