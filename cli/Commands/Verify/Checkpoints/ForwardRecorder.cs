using DaprMoE.Inference;

namespace DaprMoE.Cli;

/// <summary>Keeps what an observer sees of one sequence, layer by layer, in the order of its tokens.</summary>
internal sealed class ForwardRecorder : IForwardObserver
{
    private readonly Dictionary<(string Kind, int Layer), List<float>> _numbers = [];
    private readonly Dictionary<int, List<int>> _experts = [];

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _numbers.Clear();
        _experts.Clear();
    }

    /// <summary>All rows of one kind of number, one after another.</summary>
    public float[] Numbers(string kind, int layer) => _numbers.TryGetValue((kind, layer), out List<float>? values) ? [.. values] : [];

    /// <summary>The experts chosen, all rows.</summary>
    public int[] Experts(int layer) => _experts.TryGetValue(layer, out List<int>? ids) ? [.. ids] : [];

    public void AfterAttention(int layer, ReadOnlySpan<float> hidden) => Keep("hidden_mid", layer, hidden);

    public void AfterGate(int layer, ReadOnlySpan<float> routerLogits, ReadOnlySpan<int> experts, ReadOnlySpan<float> weights)
    {
        Keep("router.logits", layer, routerLogits);
        Keep("router.weights", layer, weights);
        if (!_experts.TryGetValue(layer, out List<int>? ids))
        {
            _experts[layer] = ids = [];
        }

        ids.AddRange(experts);
    }

    public void AfterLayer(int layer, ReadOnlySpan<float> hidden) => Keep("hidden", layer, hidden);

    private void Keep(string kind, int layer, ReadOnlySpan<float> values)
    {
        if (!_numbers.TryGetValue((kind, layer), out List<float>? kept))
        {
            _numbers[(kind, layer)] = kept = [];
        }

        kept.AddRange(values);
    }
}
