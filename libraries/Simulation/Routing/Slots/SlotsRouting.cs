namespace DaprMoE.Simulation;

/// <summary>
/// Routing by slots: each slot of the batch has a topic that it keeps for a while, each layer and topic a popularity order of the experts
/// that drifts. All draws are integers from one generator in a fixed order, so that the choices are the same on every machine.
/// </summary>
internal sealed class SlotsRouting : IRouting
{
    private readonly RoutingSettings _settings;
    private readonly Xoshiro256 _random;
    private readonly RankDraw _experts;
    private readonly RankDraw _topics;
    private readonly int[][][] _orders;
    private readonly int[][] _loads;
    private readonly int[] _ranks;
    private int[] _slotTopics = [];
    private int _slots;
    private int _iteration = -1;

    public SlotsRouting(RoutingSettings settings)
        : this(settings, new Xoshiro256(settings.Seed), orders: null)
    {
    }

    private SlotsRouting(RoutingSettings settings, Xoshiro256 random, int[][][]? orders)
    {
        _settings = settings;
        _random = random;
        _experts = new RankDraw(ZipfWeights.Integers(settings.Experts, settings.Zipf));
        _topics = new RankDraw(ZipfWeights.Integers(settings.Topics, settings.TopicZipf));
        _loads = [.. Enumerable.Range(0, settings.Layers).Select(_ => new int[settings.Experts])];
        _ranks = new int[settings.TopK];
        _orders = orders ?? [.. Enumerable.Range(0, settings.Layers).Select(_ => TopicOrders())];
    }

    public int Layers => _settings.Layers;

    public int Experts => _settings.Experts;

    public int TopK => _settings.TopK;

    /// <summary>The experts that each slot chose, if asked for before the iteration: [layer][slot · top-k + rank of the draw].</summary>
    internal int[][]? Choices { get; set; }

    public bool MoveNext(Batch batch)
    {
        _iteration++;
        Drift();
        DrawTopics(batch.Tokens);
        for (int layer = 0; layer < Layers; layer++)
        {
            DrawExperts(layer);
        }

        return true;
    }

    public ReadOnlySpan<int> Loads(int layer) => _loads[layer];

    public IRouting Older(int iterations)
    {
        int[][][] orders = [.. _orders.Select(layer => layer.Select(order => (int[])order.Clone()).ToArray())];
        return new SlotsRouting(_settings with { Drift = 0 }, Xoshiro256.ForStream(_settings.Seed, RandomStream.History), orders);
    }

    private int[][] TopicOrders()
    {
        int[][] orders = new int[_settings.Topics][];
        for (int topic = 0; topic < orders.Length; topic++)
        {
            orders[topic] = [.. Enumerable.Range(0, Experts)];
            _random.Shuffle(orders[topic]);
        }

        return orders;
    }

    private void Drift()
    {
        if (_iteration == 0 || Experts < 2)
        {
            return;
        }

        foreach (int[][] layer in _orders)
        {
            foreach (int[] order in layer)
            {
                for (int swap = 0; swap < _settings.Drift; swap++)
                {
                    int rank = (int)_random.Below((ulong)(Experts - 1));
                    (order[rank], order[rank + 1]) = (order[rank + 1], order[rank]);
                }
            }
        }
    }

    private void DrawTopics(int slots)
    {
        if (_slotTopics.Length < slots)
        {
            Array.Resize(ref _slotTopics, Math.Max(slots, 2 * _slotTopics.Length));
        }

        for (int slot = 0; _settings.Topics > 1 && slot < slots; slot++)
        {
            // A slot that was not in the last iteration begins anew, as all do in the first.
            if (slot >= _slots || !_random.Chance(_settings.Rho))
            {
                _slotTopics[slot] = _topics.Draw(_random, []);
            }
        }

        _slots = slots;
    }

    private void DrawExperts(int layer)
    {
        int[] loads = _loads[layer];
        Array.Clear(loads);
        for (int slot = 0; slot < _slots; slot++)
        {
            int[] order = _orders[layer][_slotTopics[slot]];
            for (int draw = 0; draw < TopK; draw++)
            {
                _ranks[draw] = _experts.Draw(_random, _ranks.AsSpan(0, draw));
                int expert = order[_ranks[draw]];
                loads[expert]++;
                if (Choices is { } choices)
                {
                    choices[layer][(slot * TopK) + draw] = expert;
                }
            }
        }
    }
}
