using System.Text;

namespace DaprMoE.Gateway.Tests;

public sealed class RequestJsonTests
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData("{", "line 1, byte 2")]
    [InlineData("{\n  \"a\": tru\n}", "line 2, byte ")]
    [InlineData("{\"a\":1} x", "line 1, byte 9")]
    [InlineData("[1]", "must be an object")]
    [InlineData("\"text\"", "must be an object")]
    [InlineData("{\"a\":1,\"a\":2}", "'a'")]
    [InlineData("{\"m\":[{\"role\":1,\"role\":2}]}", "'role'")]
    [InlineData("{\"a\":\"\\ud800\"}", "byte 5")]
    [InlineData("{\"\\udc00\":1}", "byte 1")]
    public void Parse_WrongBody_SaysWhatAndWhere(string body, string part)
    {
        ApiException error = Assert.Throws<ApiException>(() => RequestJson.Parse(Encoding.UTF8.GetBytes(body)));
        Assert.Equal((400, "invalid_json"), (error.Status, error.Code));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_InvalidUtf8_IsRefused()
    {
        byte[] body = [.. "{\"a\":\""u8, 0xFF, .. "\"}"u8];
        Assert.Contains("byte 5", Assert.Throws<ApiException>(() => RequestJson.Parse(body)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DeepNesting_IsRefused()
    {
        string body = "{\"a\":" + new string('[', 100) + new string(']', 100) + "}";
        Assert.Equal("invalid_json", Assert.Throws<ApiException>(() => RequestJson.Parse(Encoding.UTF8.GetBytes(body))).Code);
    }
}
