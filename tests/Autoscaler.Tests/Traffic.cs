using DaprMoE.Ports;

namespace DaprMoE.Autoscaler.Tests;

/// <summary>
/// A gateway's load: each token draws its experts from the layer's shares, so that iterations differ as they do in a server. A few experts
/// are hot; which ones can change.
/// </summary>
internal sealed class Traffic(int seed)
{
    private const int IterationsPerWindow = 20;
    private const int TokensPerIteration = 256;

    private readonly Random _random = new(seed);
    private readonly LoadWindowBuilder _builder = new("tiny-moe", FakeBox.Shape, new Random(seed));
    private long _version;

    /// <summary>The hottest expert of each layer; the two after it are warm.</summary>
    public int Hot { get; set; } = 3;

    /// <summary>Share of the hottest expert.</summary>
    public double HotShare { get; set; } = 0.35;

    public LoadWindow Next(DateTimeOffset now)
    {
        for (int iteration = 0; iteration < IterationsPerWindow; iteration++)
        {
            for (int layer = 0; layer < FakeBox.Shape.Layers; layer++)
            {
                int[] experts = [.. Enumerable.Range(0, TokensPerIteration).SelectMany(_ => Draw(layer))];
                _builder.Count(layer, experts);
            }

            _builder.EndIteration(promptTokens: 0, decodeTokens: TokensPerIteration);
        }

        return _builder.Close(++_version, now);
    }

    private IEnumerable<int> Draw(int layer)
    {
        int first = DrawOne(layer);
        int second = DrawOne(layer);
        return first == second ? [first, (first + 1) % FakeBox.Shape.Experts] : [first, second];
    }

    private int DrawOne(int layer)
    {
        double draw = _random.NextDouble();
        int hot = (Hot + layer) % FakeBox.Shape.Experts;
        return draw < HotShare ? hot : draw < HotShare + 0.15 ? (hot + 5) % FakeBox.Shape.Experts : _random.Next(FakeBox.Shape.Experts);
    }
}
