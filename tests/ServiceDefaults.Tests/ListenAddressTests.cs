namespace DaprMoE.ServiceDefaults.Tests;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost:0", true)]
    [InlineData("https://[::1]:80", true)]
    [InlineData("http://0.0.0.0:80", false)]
    [InlineData("http://*:80", false)]
    [InlineData("https://192.168.0.7:80", false)]
    public void IsLoopback_OnlyWhereThisMachineAloneReachesIt(string text, bool expected)
    {
        ListenAddress address = Assert.NotNull(ListenAddress.TryParse(text));
        Assert.Equal(expected, address.IsLoopback);
        Assert.Equal(text.StartsWith("https", StringComparison.Ordinal), address.IsTls);
    }

    [Theory]
    [InlineData("8080")]
    [InlineData("ftp://localhost:1")]
    [InlineData("http://localhost:99999")]
    [InlineData("http://localhost:1/path")]
    [InlineData("http://some-name:80")]
    public void TryParse_Other_IsNone(string text) => Assert.Null(ListenAddress.TryParse(text));
}
