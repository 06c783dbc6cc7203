using DaprMoE.Experts;

namespace DaprMoE.Residency.Benchmarks;

/// <summary>Tells a device how often each expert was used lately, as a forecast of its next use.</summary>
internal sealed class UseShares(IExpertDevice device, int layers, int experts)
{
    private const float Weight = 1f / 32;

    private readonly float[][] _shares = [.. Enumerable.Range(0, layers).Select(_ => Enumerable.Repeat(0.5f, experts).ToArray())];

    public void Note(int layer, ReadOnlyMemory<int> used)
    {
        float[] shares = _shares[layer];
        for (int expert = 0; expert < shares.Length; expert++)
        {
            shares[expert] += Weight * ((used.Span.Contains(expert) ? 1 : 0) - shares[expert]);
        }

        device.Forecast(layer, shares);
    }
}
