namespace DaprMoE.Ports.Tests;

public sealed class ExpectedLoadsTests
{
    private readonly ExpectedLoads _expected = new(new LayerShape(1, 3), new TokenIsExpert(), promptTokens: 4);

    [Fact]
    public void Add_RunningAndQueued_CountWhatIsStillToCome()
    {
        _expected.AddRunning([0, 0]);
        Assert.True(_expected.TryAddQueued([1, 2, 1]));
        Assert.Equal([0.6f, 2, 1], _expected.ToArray());
    }

    [Fact]
    public void TryAddQueued_MoreThanAWindowComputes_SaysNothing()
    {
        Assert.True(_expected.TryAddQueued([1, 1, 1]));
        Assert.True(_expected.TryAddQueued([1, 1, 1]));
        Assert.False(_expected.TryAddQueued([2]));
        Assert.Equal([0, 6, 0], _expected.ToArray());
    }

    private sealed class TokenIsExpert : ITokenLoads
    {
        public void Add(ReadOnlySpan<int> tokens, float weight, Span<float> loads)
        {
            foreach (int token in tokens)
            {
                loads[token] += weight;
            }
        }
    }
}
