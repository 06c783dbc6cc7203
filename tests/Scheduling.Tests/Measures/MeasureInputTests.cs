namespace DaprMoE.Scheduling.Tests;

/// <summary>What the measures do with lists that do not fit, and at the edges where nothing can be measured.</summary>
public sealed class MeasureInputTests
{
    private const string Loads = "2 forecast loads for 3 experts; give one for each of the experts.";

    [Fact]
    public void Measures_ListsOfTwoLengths_NameBoth()
    {
        Refuses(Loads, () => Correlation.Of([1, 2], [1, 2, 3]));
        Refuses(Loads, () => JensenShannon.Of([1, 2], [1, 2, 3]));
        Refuses(Loads, () => LoadAccuracy.Of([1, 2], [1, 2, 3]));
        Refuses("3 forecast loads for 2 experts; give one for each of the experts.", () => JensenShannon.Of([1, 2, 3], [1, 2]));
        Refuses("1 replica counts for 2 experts; give one for each of the experts.", () => LoadVariation.OfReplicas([1, 2], [1]));
        Refuses("3 replica counts for 2 experts; give one for each of the experts.", () => LoadVariation.OfReplicas([1, 2], [1, 1, 1]));
        Refuses("1 forecasts for 2 tokens; give one for each of the tokens.", () => HitRate.Of([[1]], [[1], [2]]));
    }

    [Fact]
    public void HitRate_Null_IsRefusedByName()
    {
        Assert.Throws<ArgumentNullException>("predicted", () => HitRate.Of(null!, []));
        Assert.Throws<ArgumentNullException>("actual", () => HitRate.Of([], null!));
    }

    [Fact]
    public void Correlation_TwoExperts_IsKnown_AndOneIsNot()
    {
        Assert.Equal(1, Correlation.Of([1, 2], [10, 30]));
        Assert.Equal(-1, Correlation.Of([2, 1], [10, 30]));
        Assert.Null(Correlation.Of([1], [10]));
        Assert.Null(Correlation.Of([], []));
        Assert.Null(Correlation.Of([1, 1], [10, 30]));
    }

    [Fact]
    public void Variation_NothingToVary_IsZero()
    {
        Assert.Equal(0, LoadVariation.Of([]));
        Assert.Equal(0, LoadVariation.Of([0, 0]));
        Assert.Equal(0, LoadVariation.OfReplicas([], []));
        Assert.Equal(0, LoadVariation.OfReplicas([5, 7], [0, 0]));
    }

    [Fact]
    public void VariationOfReplicas_ExpertWithoutOne_CountsNothing() =>
        Assert.Equal(LoadVariation.OfReplicas([4, 2], [2, 1]), LoadVariation.OfReplicas([4, 1000, 2], [2, 0, 1]));

    private static void Refuses(string message, Func<object?> measure)
    {
        SchedulingException error = Assert.Throws<SchedulingException>(() => measure());
        Assert.Equal(SchedulingError.LengthMismatch, error.Error);
        Assert.Equal(message, error.Message);
    }
}
