using System.Text;
using System.Text.Json;

namespace DaprMoE.Gateway.Tests;

public sealed class CompletionParametersTests
{
    [Fact]
    public void Read_Text_IsOnePrompt() => Assert.Equal("Once", Assert.Single(Read("\"prompt\":\"Once\"").Prompts).Text);

    [Fact]
    public void Read_Texts_AreSeveralPrompts() =>
        Assert.Equal(["a", "b"], Read("\"prompt\":[\"a\",\"b\"]").Prompts.Select(prompt => prompt.Text));

    [Fact]
    public void Read_Ids_AreOnePrompt() => Assert.Equal([1, 2, 3], Assert.Single(Read("\"prompt\":[1,2,3]").Prompts).Ids);

    [Fact]
    public void Read_ArraysOfIds_AreSeveralPrompts() =>
        Assert.Equal([[1], [2, 3]], Read("\"prompt\":[[1],[2,3]]").Prompts.Select(prompt => prompt.Ids.ToArray()));

    [Theory]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("[[]]")]
    [InlineData("[1,-2]")]
    [InlineData("[1.5]")]
    [InlineData("[\"a\",true]")]
    [InlineData("{}")]
    public void Read_OtherPrompt_IsRefused(string prompt)
    {
        ApiException error = Assert.Throws<ApiException>(() => Read($"\"prompt\":{prompt}"));
        Assert.Equal(("invalid_value", "prompt"), (error.Code, error.Parameter));
    }

    [Theory]
    [InlineData("echo", "true")]
    [InlineData("suffix", "\"end\"")]
    [InlineData("best_of", "2")]
    [InlineData("logprobs", "1")]
    [InlineData("n", "2")]
    public void Read_ParameterNotThereYet_IsRefusedByName(string name, string value)
    {
        ApiException error = Assert.Throws<ApiException>(() => Read($"\"prompt\":\"a\",\"{name}\":{value}"));
        Assert.Equal(("unsupported_parameter", name), (error.Code, error.Parameter));
    }

    [Fact]
    public void Read_NoPrompt_IsMissing() =>
        Assert.Equal("missing_required_parameter", Assert.Throws<ApiException>(() => Read("\"model\":\"m\"")).Code);

    [Fact]
    public void Read_Messages_AreUnknown() =>
        Assert.Equal("unknown_parameter", Assert.Throws<ApiException>(() => Read("\"messages\":[]")).Code);

    private static CompletionRequest Read(string parameters)
    {
        using JsonDocument body = RequestJson.Parse(Encoding.UTF8.GetBytes($"{{{parameters}}}"));
        return CompletionParameters.Read(body.RootElement);
    }
}
