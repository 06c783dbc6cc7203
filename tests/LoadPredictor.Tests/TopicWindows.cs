using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor.Tests;

/// <summary>
/// Windows of a made-up model: a few topics, each with its own loads and its own announcement; the mix wanders. Each window announces the
/// mix of the next one.
/// </summary>
internal sealed class TopicWindows
{
    public static readonly LayerShape Shape = new(3, 8);

    private const int Topics = 4;
    private const int TokensPerWindow = 400;

    private readonly LayerShape _shape;
    private readonly Random _random;
    private readonly float[][] _loads;
    private readonly float[][] _announcements;
    private double[] _mix;
    private long _version;

    public TopicWindows(int seed, LayerShape? shape = null)
    {
        _shape = shape ?? Shape;
        _random = new Random(seed);
        _loads = [.. Enumerable.Range(0, Topics).Select(_ => Shares())];
        _announcements = [.. Enumerable.Range(0, Topics).Select(_ => Shares())];
        _mix = NextMix();
    }

    public bool Announce { get; init; } = true;

    public string Model { get; init; } = "tiny-moe";

    public LoadWindow Next()
    {
        double[] mix = _mix;
        _mix = NextMix();
        return new LoadWindow
        {
            Version = ++_version,
            Model = Model,
            Shape = _shape,
            ClosedAt = 1000 * _version,
            Iterations = 10,
            PromptTokens = TokensPerWindow / 2,
            DecodeTokens = TokensPerWindow / 2,
            Loads = [.. Blend(_loads, mix).Select(share => (int)Math.Round(share * TokensPerWindow * 2))],
            Expected = Announce ? [.. Blend(_announcements, _mix).Select(share => share * TokensPerWindow)] : [],
        };
    }

    public IReadOnlyList<LoadWindow> Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    private static float[] Blend(float[][] parts, double[] mix) =>
        [.. Enumerable.Range(0, parts[0].Length).Select(i => (float)mix.Select((weight, topic) => weight * parts[topic][i]).Sum())];

    private float[] Shares()
    {
        float[] shares = new float[_shape.Count];
        for (int layer = 0; layer < _shape.Layers; layer++)
        {
            Span<float> own = shares.AsSpan(layer * _shape.Experts, _shape.Experts);
            float sum = 0;
            foreach (ref float share in own)
            {
                share = MathF.Pow(_random.NextSingle(), 3);
                sum += share;
            }

            foreach (ref float share in own)
            {
                share /= sum;
            }
        }

        return shares;
    }

    private double[] NextMix()
    {
        double[] weights = [.. Enumerable.Range(0, Topics).Select(_ => Math.Pow(_random.NextDouble(), 4))];
        return [.. weights.Select(weight => weight / weights.Sum())];
    }
}
