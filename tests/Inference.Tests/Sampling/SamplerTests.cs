using DaprMoE.Tensors;

namespace DaprMoE.Inference.Tests;

public sealed class SamplerTests
{
    private static readonly float[] Logits = [1.0f, 3.0f, 2.0f, 0.5f, -1.0f];

    [Fact]
    public void Sample_TemperatureZero_TakesTheLargest() =>
        Assert.Equal(1, Sample(new SamplingOptions(), position: 5));

    [Fact]
    public void Sample_EqualLargest_TakesTheFirst() =>
        Assert.Equal(1, Sampler(3).Sample([0f, 2f, 2f], new SamplingOptions(), 0, 0));

    [Fact]
    public void Sample_ManyPositions_FollowsTheSoftmax()
    {
        const int Draws = 20_000;
        double total = Logits.Sum(logit => Math.Exp(logit));
        int[] counts = Counts(new SamplingOptions { Temperature = 1, Seed = 3 }, Draws);
        for (int token = 0; token < Logits.Length; token++)
        {
            double share = Math.Exp(Logits[token]) / total;
            double deviation = Math.Sqrt(share * (1 - share) / Draws);
            Assert.InRange(counts[token] / (double)Draws, share - (4 * deviation), share + (4 * deviation));
        }
    }

    [Fact]
    public void Sample_TopK_KeepsTheKMostProbable() =>
        AssertKept([1, 2], new SamplingOptions { Temperature = 2, TopK = 2 });

    [Fact]
    public void Sample_TopP_KeepsTheSmallestSetThatReachesIt() =>
        AssertKept([1, 2], new SamplingOptions { Temperature = 1, TopP = 0.8f });

    [Fact]
    public void Sample_TinyTopP_KeepsTheBest() =>
        AssertKept([1], new SamplingOptions { Temperature = 1, TopP = 1e-6f });

    [Fact]
    public void Sample_MinP_KeepsShareOfTheBest() =>
        AssertKept([0, 1, 2], new SamplingOptions { Temperature = 1, MinP = 0.1f });

    [Fact]
    public void Sample_SeedAndPosition_DecideAlone()
    {
        SamplingOptions options = new() { Temperature = 1, Seed = 11 };
        int[] once = [.. Enumerable.Range(0, 50).Select(position => Sample(options, position))];
        int[] again = [.. Enumerable.Range(0, 50).Reverse().Select(position => Sample(options, position)).Reverse()];
        Assert.Equal(once, again);
        Assert.NotEqual(once, [.. Enumerable.Range(0, 50).Select(position => Sample(options with { Seed = 12 }, position))]);
    }

    [Fact]
    public void Sample_NothingFinite_IsANamedError()
    {
        Assert.Throws<NonFiniteLogitsException>(() => Sampler(2).Sample([float.NaN, float.NaN], new SamplingOptions(), 0, 0));
        Assert.Throws<NonFiniteLogitsException>(() => Sampler(2).Sample([1f, float.PositiveInfinity], new SamplingOptions(), 0, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Sample_OneNan_IsANamedError(float temperature) =>
        Assert.Throws<NonFiniteLogitsException>(
            () => Sampler(3).Sample([1f, float.NaN, 2f], new SamplingOptions { Temperature = temperature, Seed = 4 }, 0, 0));

    [Fact]
    public void Sample_LargeVocabularyWithAnyFilter_DrawsWhatAFullSortWould()
    {
        const int Vocabulary = 150_000;
        float[] logits = [.. Enumerable.Range(0, Vocabulary).Select(token => (float)(12 * CounterRandom.Unit(9, 0, token)))];
        int[] byWeight = [.. Enumerable.Range(0, Vocabulary).OrderByDescending(token => logits[token]).ThenBy(token => token)];
        Sampler sampler = Sampler(Vocabulary);
        for (int position = 0; position < 20; position++)
        {
            int top50 = sampler.Sample(logits, new SamplingOptions { Temperature = 1, TopK = 50, Seed = 1 }, 0, position);
            Assert.Contains(top50, byWeight.Take(50));
            int nucleus = sampler.Sample(logits, new SamplingOptions { Temperature = 1, TopP = 0.5f, Seed = 1 }, 0, position);
            Assert.Contains(nucleus, byWeight.Take(Nucleus(logits, byWeight, 0.5)));
        }
    }

    private static int Nucleus(float[] logits, int[] byWeight, double share)
    {
        double total = logits.Sum(logit => Math.Exp(logit));
        double sum = 0;
        int count = 0;
        while (sum < share * total * 1.0001)
        {
            sum += Math.Exp(logits[byWeight[count++]]);
        }

        return count;
    }

    [Fact]
    public void Sample_SteadyState_AllocatesNothing()
    {
        Sampler sampler = Sampler(Logits.Length);
        SamplingOptions options = new() { Temperature = 1, TopP = 0.9f, TopK = 4, MinP = 0.01f };
        sampler.Sample(Logits, options, 0, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int position = 0; position < 100; position++)
        {
            sampler.Sample(Logits, options, 0, position);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Sampler Sampler(int vocabulary) => new(VectorMath.For(VectorWidths.Best), vocabulary);

    private static int Sample(SamplingOptions options, int position) => Sampler(Logits.Length).Sample(Logits, options, 0, position);

    private static int[] Counts(SamplingOptions options, int draws)
    {
        Sampler sampler = Sampler(Logits.Length);
        int[] counts = new int[Logits.Length];
        for (int position = 0; position < draws; position++)
        {
            counts[sampler.Sample(Logits, options, 0, position)]++;
        }

        return counts;
    }

    private static void AssertKept(int[] expected, SamplingOptions options)
    {
        int[] counts = Counts(options, 2_000);
        Assert.Equal(expected, Enumerable.Range(0, counts.Length).Where(token => counts[token] > 0));
    }
}
