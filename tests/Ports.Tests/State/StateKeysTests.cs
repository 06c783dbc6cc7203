namespace DaprMoE.Ports.Tests;

public sealed class StateKeysTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a||b")]
    [InlineData("a/b")]
    [InlineData("ä")]
    public void Predictor_NameThatIsNone_IsRefusedByName(string name)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => StateKeys.Predictor(name));
        Assert.Contains($"'{name}' can't stand in a key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_AllKinds_AreKeys() =>
        Assert.All(
            (string[])
            [
                StateKeys.Plan,
                StateKeys.Forecast,
                StateKeys.Predictor("regression"),
                StateKeys.Window("gateway-0", 15),
                StateKeys.Bill("total"),
            ],
            key => Assert.True(StateKeys.IsKey(key)));

    [Fact]
    public void Require_ValueTooLarge_NamesSizeAndLimit()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => StateLimits.Require(StateKeys.Plan, StateLimits.MaxValueBytes + 1));
        Assert.Contains("'plan' has 16777217 bytes", error.Message, StringComparison.Ordinal);
    }
}
