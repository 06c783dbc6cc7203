namespace DaprMoE.Inference.Tests;

public sealed class CounterRandomTests
{
    [Fact]
    public void Unit_SameKeys_GiveTheSameNumber() =>
        Assert.Equal(CounterRandom.Unit(7, 1, 100), CounterRandom.Unit(7, 1, 100));

    [Fact]
    public void Unit_AnyOtherKey_GivesAnotherNumber()
    {
        HashSet<double> seen = [];
        for (ulong seed = 0; seed < 10; seed++)
        {
            for (int choice = 0; choice < 10; choice++)
            {
                for (int position = 0; position < 100; position++)
                {
                    Assert.True(seen.Add(CounterRandom.Unit(seed, choice, position)));
                }
            }
        }
    }

    [Fact]
    public void Unit_ManyPositions_AreUniform()
    {
        const int Draws = 100_000;
        const int Bins = 20;
        int[] counts = new int[Bins];
        for (int position = 0; position < Draws; position++)
        {
            counts[(int)(CounterRandom.Unit(42, 0, position) * Bins)]++;
        }

        // Chi-square with 19 degrees of freedom is above 43.8 once in a thousand seeds; the seed is fixed.
        double expected = (double)Draws / Bins;
        Assert.True(counts.Sum(count => (count - expected) * (count - expected) / expected) < 43.8);
    }
}
