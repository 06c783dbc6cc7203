namespace DaprMoE.Scheduling.Tests;

public sealed class LoadSamplesTests
{
    [Fact]
    public void Take_SmallBatchesBesideALargeOne_KeepsWhatTheyCalled()
    {
        LoadHistory history = new(experts: 4, capacity: 4);
        history.Add([1024, 512, 256, 256]);
        history.Add([1, 1, 0, 0], iterations: 100);
        history.Add([0, 1, 1, 0], iterations: 100);
        LoadSamples samples = new(experts: 4);

        double tokens = samples.Take(history, samples: 4);

        Assert.Equal(2048 + 400, tokens);
        Assert.Equal([0, 2, 2, 0], samples.Tokens(0).ToArray());
        Assert.Equal([2, 2, 0, 0], samples.Tokens(1).ToArray());
        Assert.InRange(samples.Tokens(2)[0], 1024, 1200);
    }

    [Fact]
    public void Take_SamplesOfOneSize_StretchesTheirDeviations()
    {
        LoadHistory history = new(experts: 2, capacity: 2);
        history.Add([60, 40]);
        history.Add([40, 60]);
        LoadSamples samples = new(experts: 2);

        samples.Take(history, samples: 2);

        Assert.Equal([35, 65], samples.Tokens(0).ToArray());
        Assert.Equal([65, 35], samples.Tokens(1).ToArray());
    }

    [Fact]
    public void Take_EqualShares_StayAsTheyAre()
    {
        LoadHistory history = new(experts: 3, capacity: 7);
        for (int sample = 1; sample <= 7; sample++)
        {
            history.Add([7 * sample, 3 * sample, sample], iterations: 0.1 * sample);
        }

        LoadSamples samples = new(experts: 3);
        samples.Take(history, samples: 7);

        Assert.All(Enumerable.Range(1, 7), sample => Assert.Equal([7 * sample, 3 * sample, sample], samples.Tokens(7 - sample).ToArray()));
    }

    [Fact]
    public void Take_NoTokens_HasNone()
    {
        LoadHistory history = new(experts: 2, capacity: 2);
        history.Add([0, 0]);
        LoadSamples samples = new(experts: 2);

        Assert.Equal(0, samples.Take(history, samples: 2));
        Assert.Equal([0, 0], samples.Tokens(0).ToArray());
    }
}
