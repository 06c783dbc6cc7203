namespace DaprMoE.Scheduling.Tests;

public sealed class LoadHistoryTests
{
    [Fact]
    public void Add_BeyondItsCapacity_ForgetsTheOldest()
    {
        LoadHistory history = new(experts: 2, capacity: 2);
        history.Add([1, 2], iterations: 5);
        history.Add([3, 4], iterations: 6);
        history.Add([5, 6], iterations: 7);

        Assert.Equal((2, 2, 2), (history.Experts, history.Capacity, history.Count));
        Assert.Equal([5.0, 6.0], history.Loads(0).ToArray());
        Assert.Equal([3.0, 4.0], history.Loads(1).ToArray());
        Assert.Equal((7, 6), (history.Weight(0), history.Weight(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => history.Weight(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => history.Weight(-1));
    }

    [Fact]
    public void Sum_OfTheNewest_CountsEachAsOftenAsItStandsFor()
    {
        LoadHistory history = new(experts: 2, capacity: 3);
        history.Add([100, 100]);
        history.Add([4096, 0], iterations: 1);
        history.Add([3, 5], iterations: 200);
        double[] total = [9, 9];

        history.Sum(samples: 2, total);

        Assert.Equal([4696.0, 1000.0], total);
    }

    [Fact]
    public void Clear_ForgetsAll()
    {
        LoadHistory history = new(experts: 1, capacity: 2);
        history.Add([7]);
        history.Clear();
        double[] total = [9];

        history.Sum(samples: 2, total);

        Assert.Equal(0, history.Count);
        Assert.Equal([0.0], total);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Add_WeightThatIsNone_IsNamed(double iterations)
    {
        LoadHistory history = new(experts: 1, capacity: 1);

        SchedulingException refused = Assert.Throws<SchedulingException>(() => history.Add([1], iterations));

        Assert.Equal(SchedulingError.BadLoad, refused.Error);
        Assert.Contains("finite number above 0", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, history.Count);
    }

    [Theory]
    [InlineData(double.NaN, SchedulingError.BadLoad)]
    [InlineData(-0.5, SchedulingError.BadLoad)]
    public void Add_LoadThatIsNone_IsNamed(double load, SchedulingError error)
    {
        LoadHistory history = new(experts: 2, capacity: 1);

        Assert.Equal(error, Assert.Throws<SchedulingException>(() => history.Add([1, load])).Error);
        Assert.Equal(SchedulingError.LengthMismatch, Assert.Throws<SchedulingException>(() => history.Add([1])).Error);
    }
}
