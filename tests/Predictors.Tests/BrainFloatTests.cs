namespace DaprMoE.Predictors.Tests;

public sealed class BrainFloatTests
{
    [Theory]
    [InlineData(1.0f, 0x3f80)]
    [InlineData(-2.5f, 0xc020)]
    [InlineData(1.00390625f, 0x3f80)] // halfway: to even
    [InlineData(1.01171875f, 0x3f82)] // halfway: to even, up
    [InlineData(1.005f, 0x3f81)]
    [InlineData(float.PositiveInfinity, 0x7f80)]
    [InlineData(float.MaxValue, 0x7f80)]
    public void Round_OfValue_IsTheNearest(float value, int expected) => Assert.Equal(expected, BrainFloat.Round(value));

    [Fact]
    public void Round_OfNaN_StaysNaN() => Assert.True(float.IsNaN(BrainFloat.Widen(BrainFloat.Round(float.NaN))));
}
