namespace DaprMoE.Simulation;

/// <summary>How popular each expert of a layer is for the tokens of one topic.</summary>
internal sealed class TopicExperts
{
    // A token whose experts are nearly all taken would reject for long: then the draw walks over those left.
    private const int MostRejections = 16;

    private readonly double[] _probabilities;
    private readonly AliasTable _table;

    private TopicExperts(double[] probabilities)
    {
        _probabilities = probabilities;
        _table = new AliasTable(probabilities);
    }

    /// <summary>The topics of each layer: [layer][topic].</summary>
    public static TopicExperts[][] Of(RoutingSettings settings)
    {
        Xoshiro256 random = Xoshiro256.ForStream(settings.Seed, RandomStream.Popularity);
        double[] shares = ZipfWeights.Shares(settings.Experts, settings.Zipf);
        TopicExperts[][] layers = new TopicExperts[settings.Layers][];
        for (int layer = 0; layer < layers.Length; layer++)
        {
            double[] common = InRandomOrder(shares, random);
            layers[layer] =
                [.. Enumerable.Range(0, settings.Topics).Select(_ => new TopicExperts(Half(common, InRandomOrder(shares, random))))];
        }

        return layers;
    }

    /// <summary>Lets each of the tokens choose its experts, without replacement, and counts them.</summary>
    public void Route(Xoshiro256 random, int tokens, int[] chosen, int[] loads)
    {
        for (int token = 0; token < tokens; token++)
        {
            for (int draw = 0; draw < chosen.Length; draw++)
            {
                chosen[draw] = Draw(random, chosen.AsSpan(0, draw));
                loads[chosen[draw]]++;
            }
        }
    }

    private int Draw(Xoshiro256 random, ReadOnlySpan<int> taken)
    {
        for (int attempt = 0; attempt < MostRejections; attempt++)
        {
            int expert = _table.Draw(random);
            if (!taken.Contains(expert))
            {
                return expert;
            }
        }

        return Walk(random, taken);
    }

    private int Walk(Xoshiro256 random, ReadOnlySpan<int> taken)
    {
        double sum = 0;
        for (int expert = 0; expert < _probabilities.Length; expert++)
        {
            sum += taken.Contains(expert) ? 0 : _probabilities[expert];
        }

        double left = random.Uniform() * sum;
        int last = -1;
        for (int expert = 0; expert < _probabilities.Length && left >= 0; expert++)
        {
            if (!taken.Contains(expert))
            {
                left -= _probabilities[expert];
                last = expert;
            }
        }

        return last;
    }

    private static double[] InRandomOrder(double[] shares, Xoshiro256 random)
    {
        int[] order = [.. Enumerable.Range(0, shares.Length)];
        random.Shuffle(order);
        double[] placed = new double[shares.Length];
        for (int rank = 0; rank < order.Length; rank++)
        {
            placed[order[rank]] = shares[rank];
        }

        return placed;
    }

    private static double[] Half(double[] common, double[] own) => [.. common.Zip(own, (a, b) => (0.5 * a) + (0.5 * b))];
}
