namespace DaprMoE.DirectTransport.Tests;

public sealed class HostAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:7001", "http://127.0.0.1:7001/")]
    [InlineData("localhost:7001", "http://localhost:7001/")]
    [InlineData("[::1]:7001", "http://[::1]:7001/")]
    [InlineData("experts-0:7001", "https://experts-0:7001/")]
    [InlineData("http://10.0.0.1:7001", "http://10.0.0.1:7001/")]
    public void Parse_Address_IsPlaintextOnLoopbackOnlyUnlessSaid(string text, string expected) =>
        Assert.Equal(expected, HostAddress.Parse(text).AbsoluteUri);

    [Theory]
    [InlineData("experts-0")]
    [InlineData("ftp://experts-0:1")]
    [InlineData("http://a:1/path")]
    [InlineData("a:b")]
    [InlineData("")]
    public void Parse_NoAddress_IsRefusedByName(string text) =>
        Assert.Contains($"'{text}' is no address", Assert.Throws<FormatException>(() => HostAddress.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void ParseList_Commas_Separate() =>
        Assert.Equal(["http://127.0.0.1:1/", "http://127.0.0.1:2/"], HostAddress.ParseList("127.0.0.1:1, 127.0.0.1:2").Select(address => address.AbsoluteUri));

    [Fact]
    public void RequireAllows_OtherMachine_NeedsTlsAndSecret()
    {
        Uri plain = new("http://10.0.0.1:7001");
        Uri tls = new("https://10.0.0.1:7001");
        HostSecurity secret = new() { Secret = "0123456789abcdef" };
        Assert.Contains("plaintext", Assert.Throws<ExpertHostsException>(() => secret.RequireAllows(plain)).Message, StringComparison.Ordinal);
        Assert.Contains("--expert-secret-file", Assert.Throws<ExpertHostsException>(() => new HostSecurity().RequireAllows(tls)).Message, StringComparison.Ordinal);
        secret.RequireAllows(tls);
        new HostSecurity { AllowInsecure = true }.RequireAllows(plain);
        new HostSecurity().RequireAllows(new Uri("http://127.0.0.1:7001"));
    }
}
