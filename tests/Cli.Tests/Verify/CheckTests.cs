namespace DaprMoE.Cli.Tests;

public sealed class CheckTests
{
    [Fact]
    public void OfNumbers_WithinTolerance_IsOk()
    {
        Check check = Check.OfNumbers("x", [1f, 2f], [1f, 2.25f], 0.25);

        Assert.Equal((true, 0.25), (check.Ok, check.MaxAbsError));
    }

    [Fact]
    public void OfNumbers_BeyondTolerance_Fails()
    {
        Assert.False(Check.OfNumbers("x", [1f, 2f], [1f, 2.5f], 0.25).Ok);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void OfNumbers_NotFinite_Fails(float value)
    {
        Assert.False(Check.OfNumbers("x", [value, 2f], [1f, 2f], 1e30).Ok);
    }

    [Fact]
    public void OfNumbers_OtherLength_Fails()
    {
        Check check = Check.OfNumbers("x", [1f], [1f, 2f], 1);

        Assert.Equal((false, "1 values instead of 2"), (check.Ok, check.Detail));
    }

    [Fact]
    public void OfIds_Different_NamesTheFirst()
    {
        Check check = Check.OfIds("x", [1, 2, 3], [1, 5, 6]);

        Assert.Equal((false, 2.0, "first at 1: 2 instead of 5"), (check.Ok, check.MaxAbsError, check.Detail));
    }
}
