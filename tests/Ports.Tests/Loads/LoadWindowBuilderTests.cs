namespace DaprMoE.Ports.Tests;

public sealed class LoadWindowBuilderTests
{
    private readonly LoadWindowBuilder _builder = new("tiny-moe", new LayerShape(2, 4), new Random(1));

    [Fact]
    public void Close_CountedIterations_AreSummed()
    {
        Iterate([0, 1, 0, 3], [2, 2, 2, 2], prompt: 2, decode: 0);
        Iterate([0, 1], [3, 3], prompt: 0, decode: 1);
        LoadWindow window = _builder.Close(7, DateTimeOffset.FromUnixTimeMilliseconds(5000));
        Assert.Equal([3, 2, 0, 1, 0, 0, 4, 2], window.Loads);
        Assert.Equal((7, 5000, 2, 2, 1), (window.Version, window.ClosedAt, window.Iterations, window.PromptTokens, window.DecodeTokens));
        Assert.Equal(2.0 / 3, window.PromptFraction, 12);
        Assert.Equal([2, 1, 0, 1, 0, 0, 4, 0], window.Samples[0].Loads);
        Assert.Equal([1, 1, 0, 0, 0, 0, 0, 2], window.Samples[1].Loads);
    }

    [Fact]
    public void Close_Twice_BeginsAnew()
    {
        Iterate([0], [1], prompt: 0, decode: 1);
        LoadWindow first = _builder.Close(1, DateTimeOffset.UnixEpoch);
        LoadWindow second = _builder.Close(2, DateTimeOffset.UnixEpoch);
        Assert.Equal(1, first.Loads[0]);
        Assert.All(second.Loads, load => Assert.Equal(0, load));
        Assert.Empty(second.Samples);
        Assert.Equal(0, second.Iterations);
    }

    [Theory]
    [InlineData(0, 1000, 0)]
    [InlineData(1000, 0, 8)]
    [InlineData(500, 500, 4)]
    [InlineData(1, 999, 1)]
    [InlineData(999, 1, 7)]
    public void Close_ManyIterations_KeepsAFewThatStandForAll(int prefill, int decode, int prefillSamples)
    {
        for (int i = 0; i < prefill + decode; i++)
        {
            Iterate([i % 4], [i < prefill ? 0 : 1], prompt: i < prefill ? 1 : 0, decode: 1);
        }

        IReadOnlyList<LoadSample> samples = _builder.Close(1, DateTimeOffset.UnixEpoch).Samples;
        Assert.Equal(LoadWindowBuilder.MaxSamples, samples.Count);
        Assert.Equal(prefillSamples, samples.Count(sample => sample.Loads[4] > 0));
        Assert.Equal(prefill, samples.Where(sample => sample.Loads[4] > 0).Sum(sample => sample.Iterations));
        Assert.Equal(decode, samples.Where(sample => sample.Loads[5] > 0).Sum(sample => sample.Iterations));
    }

    [Fact]
    public void Create_ModelWithoutExperts_IsRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new LoadWindowBuilder("m", new LayerShape(2, 0), new Random(1)));
        Assert.Contains("2 MoE layers of 0 experts", error.Message, StringComparison.Ordinal);
    }

    private void Iterate(int[] first, int[] second, int prompt, int decode)
    {
        _builder.Count(0, first);
        _builder.Count(1, second);
        _builder.EndIteration(prompt, decode);
    }
}
