namespace DaprMoE.Simulation;

/// <summary>
/// Routing of a batch whose topics change slowly: a mix over topics drifts by a tenth per iteration, each decode token and each prompt
/// takes its topic from it, and a topic's experts are half common to all topics, half its own.
/// </summary>
internal sealed class MixRouting : IRouting
{
    private readonly RoutingSettings _settings;
    private readonly TopicExperts[][] _topics;
    private readonly TopicMix _mix;
    private readonly Xoshiro256 _random;
    private readonly int[][] _loads;
    private readonly int[] _chosen;
    private readonly List<int> _promptTopics = [];
    private readonly List<int> _tokenTopics = [];

    public MixRouting(RoutingSettings settings)
        : this(
            settings,
            TopicExperts.Of(settings),
            new TopicMix(settings.Topics, Xoshiro256.ForStream(settings.Seed, RandomStream.Mix)),
            Xoshiro256.ForStream(settings.Seed, RandomStream.Tokens))
    {
    }

    private MixRouting(RoutingSettings settings, TopicExperts[][] topics, TopicMix mix, Xoshiro256 random)
    {
        _settings = settings;
        _topics = topics;
        _mix = mix;
        _random = random;
        _loads = [.. Enumerable.Range(0, settings.Layers).Select(_ => new int[settings.Experts])];
        _chosen = new int[settings.TopK];
    }

    public int Layers => _settings.Layers;

    public int Experts => _settings.Experts;

    public int TopK => _settings.TopK;

    public bool MoveNext(Batch batch)
    {
        _mix.MoveNext();
        DrawTopics(_tokenTopics, batch.DecodeTokens);
        DrawTopics(_promptTopics, batch.Prompts.Count);
        for (int layer = 0; layer < Layers; layer++)
        {
            Route(layer, batch);
        }

        return true;
    }

    public ReadOnlySpan<int> Loads(int layer) => _loads[layer];

    public IRouting Older(int iterations)
    {
        Xoshiro256 random = Xoshiro256.ForStream(_settings.Seed, RandomStream.History);
        return new MixRouting(_settings, _topics, new TopicMix(_settings.Topics, random), random);
    }

    private void DrawTopics(List<int> topics, int count)
    {
        topics.Clear();
        for (int i = 0; i < count; i++)
        {
            topics.Add(_mix.Draw(_random));
        }
    }

    private void Route(int layer, Batch batch)
    {
        int[] loads = _loads[layer];
        Array.Clear(loads);
        TopicExperts[] topics = _topics[layer];
        foreach (int topic in _tokenTopics)
        {
            topics[topic].Route(_random, 1, _chosen, loads);
        }

        for (int prompt = 0; prompt < batch.Prompts.Count; prompt++)
        {
            topics[_promptTopics[prompt]].Route(_random, batch.Prompts[prompt], _chosen, loads);
        }
    }
}
