using DaprMoE.Inference;

namespace DaprMoE.LoadPredictor.Benchmarks;

/// <summary>Keeps the chosen experts of each token of the sequence that runs.</summary>
internal sealed class RoutingObserver : IForwardObserver
{
    private readonly List<byte>[] _layers = [.. Enumerable.Range(0, RoutedRequestFile.Layers).Select(_ => new List<byte>())];

    public void AfterGate(int layer, ReadOnlySpan<float> routerLogits, ReadOnlySpan<int> experts, ReadOnlySpan<float> weights)
    {
        foreach (int expert in experts)
        {
            _layers[layer].Add((byte)expert);
        }
    }

    /// <summary>What was seen, [tokens x layers x k]; begins anew.</summary>
    public byte[] Take()
    {
        int tokens = _layers[0].Count / RoutedRequestFile.TopK;
        byte[] all = new byte[tokens * _layers.Length * RoutedRequestFile.TopK];
        for (int i = 0; i < all.Length; i++)
        {
            (int token, int rest) = Math.DivRem(i, _layers.Length * RoutedRequestFile.TopK);
            (int layer, int place) = Math.DivRem(rest, RoutedRequestFile.TopK);
            all[i] = _layers[layer][(token * RoutedRequestFile.TopK) + place];
        }

        foreach (List<byte> layer in _layers)
        {
            layer.Clear();
        }

        return all;
    }
}
