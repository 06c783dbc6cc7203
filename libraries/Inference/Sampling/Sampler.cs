using System.Numerics;
using DaprMoE.Tensors;

namespace DaprMoE.Inference;

/// <summary>
/// Draws a token from a row of logits: temperature, then top_k, top_p, min_p, then the counter-based generator.
/// Not thread-safe; allocates nothing after construction.
/// </summary>
internal sealed unsafe class Sampler
{
    private readonly VectorMath _math;
    private readonly float[] _weights;
    private readonly Candidate[] _candidates;

    public Sampler(VectorMath math, int vocabularySize)
    {
        _math = math;
        _weights = new float[vocabularySize];
        _candidates = new Candidate[vocabularySize];
    }

    /// <summary>Chooses the token that stands at <paramref name="position"/>.</summary>
    public int Sample(ReadOnlySpan<float> logits, SamplingOptions options, int choice, int position)
    {
        int best = Largest(logits);
        if (options.Temperature == 0)
        {
            return best;
        }

        Span<Candidate> kept = Keep(Weigh(logits, logits[best], options.Temperature), options);
        return Draw(kept, CounterRandom.Unit(options.Seed, choice, position));
    }

    private int Largest(ReadOnlySpan<float> logits)
    {
        fixed (float* row = logits)
        {
            int best = _math.ArgMax(row, logits.Length);
            return float.IsFinite(row[best]) && !HasNan(logits) ? best : throw new NonFiniteLogitsException();
        }
    }

    private static bool HasNan(ReadOnlySpan<float> logits)
    {
        while (logits.Length >= Vector<float>.Count)
        {
            Vector<float> values = new(logits);
            if (!Vector.EqualsAll(values, values))
            {
                return true;
            }

            logits = logits[Vector<float>.Count..];
        }

        foreach (float logit in logits)
        {
            if (float.IsNaN(logit))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>exp((logit - max) / temperature) of each token: probabilities up to a common factor, the best one's is 1.</summary>
    private ReadOnlySpan<float> Weigh(ReadOnlySpan<float> logits, float max, float temperature)
    {
        Span<float> weights = _weights.AsSpan(0, logits.Length);
        fixed (float* row = logits)
        fixed (float* weight = weights)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                weight[i] = (row[i] - max) / temperature;
            }

            _math.Exp(weight, weight, weights.Length);
        }

        return weights;
    }

    /// <summary>
    /// The tokens that the filters leave. Without top_k and top_p their order does not matter and nothing is sorted; else only as many of the
    /// most probable as the filters can need, found by lowering a threshold.
    /// </summary>
    private Span<Candidate> Keep(ReadOnlySpan<float> weights, SamplingOptions options)
    {
        if (options.TopK == 0 && options.TopP >= 1)
        {
            return _candidates.AsSpan(0, Collect(weights, options.MinP));
        }

        double total = 0;
        foreach (float weight in weights)
        {
            total += weight;
        }

        int count = CollectEnough(weights, options, total);
        Span<Candidate> sorted = _candidates.AsSpan(0, count);
        sorted.Sort();
        return Filter(sorted, options, total);
    }

    private int CollectEnough(ReadOnlySpan<float> weights, SamplingOptions options, double total)
    {
        const float Step = 0.1f;
        const float Least = 1e-6f;
        for (float threshold = Step; threshold >= Least; threshold *= Step)
        {
            int count = Collect(weights, Math.Max(threshold, options.MinP));
            bool enough = threshold <= options.MinP
                || (options.TopK > 0 && count >= options.TopK)
                || (options.TopP < 1 && Sum(_candidates.AsSpan(0, count)) >= options.TopP * total);
            if (enough)
            {
                return count;
            }
        }

        return Collect(weights, options.MinP);
    }

    private int Collect(ReadOnlySpan<float> weights, float least)
    {
        int count = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] >= least)
            {
                _candidates[count++] = new Candidate(i, weights[i]);
            }
        }

        return count;
    }

    private static Span<Candidate> Filter(Span<Candidate> sorted, SamplingOptions options, double total)
    {
        if (options.TopK > 0 && options.TopK < sorted.Length)
        {
            sorted = sorted[..options.TopK];
            total = Sum(sorted);
        }

        if (options.TopP < 1)
        {
            double sum = 0;
            int kept = 0;
            while (kept < sorted.Length && sum < options.TopP * total)
            {
                sum += sorted[kept++].Weight;
            }

            sorted = sorted[..Math.Max(1, kept)];
        }

        int above = sorted.Length;
        while (above > 1 && sorted[above - 1].Weight < options.MinP * sorted[0].Weight)
        {
            above--;
        }

        return sorted[..above];
    }

    private static int Draw(ReadOnlySpan<Candidate> kept, double unit)
    {
        double target = unit * Sum(kept);
        double sum = 0;
        foreach (Candidate candidate in kept)
        {
            sum += candidate.Weight;
            if (sum > target)
            {
                return candidate.Token;
            }
        }

        return kept[^1].Token;
    }

    private static double Sum(ReadOnlySpan<Candidate> candidates)
    {
        double sum = 0;
        foreach (Candidate candidate in candidates)
        {
            sum += candidate.Weight;
        }

        return sum;
    }
}
