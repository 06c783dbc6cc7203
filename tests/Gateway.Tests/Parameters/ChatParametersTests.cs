using System.Text;
using System.Text.Json;

namespace DaprMoE.Gateway.Tests;

public sealed class ChatParametersTests
{
    private const string Messages = """[{"role":"user","content":"Hi"}]""";

    [Theory]
    [InlineData("\"model\":\"m\"", "m")]
    [InlineData("\"stream\":true", true)]
    [InlineData("\"max_tokens\":1", 1)]
    [InlineData("\"max_completion_tokens\":7", 7)]
    [InlineData("\"temperature\":0", 0f)]
    [InlineData("\"temperature\":2", 2f)]
    [InlineData("\"top_p\":1", 1f)]
    [InlineData("\"top_p\":0.01", 0.01f)]
    [InlineData("\"top_k\":40", 40)]
    [InlineData("\"top_k\":-1", 0)]
    [InlineData("\"min_p\":0.1", 0.1f)]
    [InlineData("\"seed\":-5", -5L)]
    [InlineData("\"ignore_eos\":true", true)]
    public void Read_AllowedValue_IsSet(string parameter, object expected)
    {
        ChatRequest request = Read(parameter);
        object? value = parameter[1..parameter.IndexOf('"', 1)] switch
        {
            "model" => request.Model,
            "stream" => request.Stream,
            "max_tokens" => request.MaxTokens,
            "max_completion_tokens" => request.MaxCompletionTokens,
            "temperature" => request.Temperature,
            "top_p" => request.TopP,
            "top_k" => request.TopK,
            "min_p" => request.MinP,
            "seed" => request.Seed,
            "ignore_eos" => request.IgnoreEos,
            _ => null,
        };
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("model", "5")]
    [InlineData("stream", "\"yes\"")]
    [InlineData("stream", "1")]
    [InlineData("max_tokens", "0")]
    [InlineData("max_tokens", "-3")]
    [InlineData("max_tokens", "1.5")]
    [InlineData("max_tokens", "\"5\"")]
    [InlineData("max_tokens", "99999999999")]
    [InlineData("max_completion_tokens", "0")]
    [InlineData("temperature", "-0.1")]
    [InlineData("temperature", "2.1")]
    [InlineData("temperature", "\"hot\"")]
    [InlineData("temperature", "1e999")]
    [InlineData("top_p", "0")]
    [InlineData("top_p", "1.1")]
    [InlineData("top_p", "[]")]
    [InlineData("top_k", "-2")]
    [InlineData("top_k", "2.5")]
    [InlineData("min_p", "1.5")]
    [InlineData("min_p", "-1")]
    [InlineData("seed", "1.5")]
    [InlineData("seed", "99999999999999999999")]
    [InlineData("stop", "5")]
    [InlineData("stop", "\"\"")]
    [InlineData("stop", "[\"a\",5]")]
    [InlineData("stop", "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"13\",\"14\",\"15\",\"16\",\"17\"]")]
    [InlineData("ignore_eos", "0")]
    [InlineData("stream_options", "true")]
    [InlineData("messages", "[]")]
    [InlineData("messages", "\"Hi\"")]
    public void Read_ValueNotAllowed_NamesParameterValueAndRange(string name, string value)
    {
        ApiException error = Refuse($"\"{name}\":{value}", withMessages: name != "messages");
        Assert.Equal((400, "invalid_value", name), (error.Status, error.Code, error.Parameter));
        Assert.Contains($"'{name}' is ", error.Message, StringComparison.Ordinal);
        Assert.Contains("allowed: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n", "2")]
    [InlineData("tools", """[{"type":"function"}]""")]
    [InlineData("tool_choice", "\"required\"")]
    [InlineData("response_format", """{"type":"json_object"}""")]
    [InlineData("logprobs", "true")]
    [InlineData("top_logprobs", "3")]
    [InlineData("logit_bias", """{"5":1}""")]
    [InlineData("frequency_penalty", "0.5")]
    [InlineData("presence_penalty", "-0.5")]
    [InlineData("repetition_penalty", "1.1")]
    [InlineData("min_tokens", "3")]
    [InlineData("functions", "[{}]")]
    [InlineData("function_call", "\"auto\"")]
    [InlineData("modalities", "[\"audio\"]")]
    public void Read_ParameterNotThereYet_IsRefusedByName(string name, string value)
    {
        ApiException error = Refuse($"\"{name}\":{value}");
        Assert.Equal((400, "unsupported_parameter", name), (error.Status, error.Code, error.Parameter));
        Assert.Contains("supported: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"n\":1")]
    [InlineData("\"tools\":[]")]
    [InlineData("\"tool_choice\":\"none\"")]
    [InlineData("\"response_format\":{\"type\":\"text\"}")]
    [InlineData("\"logprobs\":false")]
    [InlineData("\"top_logprobs\":0")]
    [InlineData("\"modalities\":[ \"text\" ]")]
    [InlineData("\"logit_bias\":{}")]
    [InlineData("\"frequency_penalty\":0")]
    [InlineData("\"presence_penalty\":0.0")]
    [InlineData("\"temperature\":null,\"stop\":null,\"tools\":null,\"n\":null")]
    [InlineData("\"store\":true,\"metadata\":{},\"service_tier\":\"auto\",\"parallel_tool_calls\":true,\"prompt_cache_key\":\"k\"")]
    [InlineData("\"safety_identifier\":\"s\",\"reasoning_effort\":\"low\",\"verbosity\":\"low\",\"user\":\"u\"")]
    public void Read_ValueThatAsksForNothing_IsTaken(string parameters) => Assert.Single(Read(parameters).Messages);

    [Fact]
    public void Read_UnknownParameter_IsNamed()
    {
        ApiException error = Refuse("\"temprature\":1");
        Assert.Equal((400, "unknown_parameter", "temprature"), (error.Status, error.Code, error.Parameter));
        Assert.Contains("temperature", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoMessages_AreMissing()
    {
        ApiException error = Refuse("\"model\":\"m\"", withMessages: false);
        Assert.Equal((400, "missing_required_parameter", "messages"), (error.Status, error.Code, error.Parameter));
    }

    [Fact]
    public void Read_StreamOptionsWithoutStream_AreRefused() =>
        Assert.Equal("stream_options", Refuse("\"stream_options\":{\"include_usage\":true}").Parameter);

    [Fact]
    public void Read_UnknownStreamOption_IsNamedWithItsObject() =>
        Assert.Equal("stream_options.usage", Refuse("\"stream\":true,\"stream_options\":{\"usage\":true}").Parameter);

    [Fact]
    public void Read_IncludeUsage_IsSet() =>
        Assert.True(Read("\"stream\":true,\"stream_options\":{\"include_usage\":true}").StreamOptions!.IncludeUsage);

    [Fact]
    public void Read_TwoDifferentLimits_AreRefused() =>
        Assert.Equal("max_tokens", Refuse("\"max_tokens\":5,\"max_completion_tokens\":6").Parameter);

    [Theory]
    [InlineData("\"stop\":\"END\"", new[] { "END" })]
    [InlineData("\"stop\":[\"a\",\"bc\"]", new[] { "a", "bc" })]
    [InlineData("\"stop\":[]", new string[0])]
    public void Read_Stop_TakesTextOrTexts(string parameter, string[] expected) => Assert.Equal(expected, Read(parameter).Stop);

    [Fact]
    public void Table_EveryParameter_HasADescription() =>
        Assert.All(ChatParameters.Table.All, parameter => Assert.EndsWith(".", parameter.Description, StringComparison.Ordinal));

    private static ChatRequest Read(string parameters, bool withMessages = true)
    {
        string messages = withMessages ? $"\"messages\":{Messages}," : "";
        using JsonDocument body = RequestJson.Parse(Encoding.UTF8.GetBytes($"{{{messages}{parameters}}}"));
        return ChatParameters.Read(body.RootElement);
    }

    private static ApiException Refuse(string parameters, bool withMessages = true) =>
        Assert.Throws<ApiException>(() => Read(parameters, withMessages));
}
