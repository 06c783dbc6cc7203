using DaprMoE.Ports;

namespace DaprMoE.Cli.Tests;

/// <summary>A load in which one expert of each layer is hot and another warm; which ones can change.</summary>
internal sealed class HotTraffic(string model, LayerShape shape, int seed)
{
    private const int IterationsPerWindow = 12;
    private const int TokensPerIteration = 128;

    private readonly Random _random = new(seed);
    private readonly LoadWindowBuilder _builder = new(model, shape, new Random(seed));
    private readonly int[] _loads = new int[shape.Experts];

    /// <summary>The hottest expert of the first layer; that of each further layer is one further.</summary>
    public int Hot { get; set; } = 3;

    public LoadWindow Next(long version, DateTimeOffset now)
    {
        for (int iteration = 0; iteration < IterationsPerWindow; iteration++)
        {
            for (int layer = 0; layer < shape.Layers; layer++)
            {
                Array.Clear(_loads);
                for (int assignment = 0; assignment < 2 * TokensPerIteration; assignment++)
                {
                    _loads[Draw(layer)]++;
                }

                _builder.CountLoads(layer, _loads);
            }

            _builder.EndIteration(promptTokens: 0, decodeTokens: TokensPerIteration);
        }

        return _builder.Close(version, now);
    }

    private int Draw(int layer)
    {
        double draw = _random.NextDouble();
        int hot = (Hot + layer) % shape.Experts;
        return draw < 0.35 ? hot : draw < 0.5 ? (hot + 5) % shape.Experts : _random.Next(shape.Experts);
    }
}
