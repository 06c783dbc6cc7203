using System.Text;
using System.Text.Json;

namespace DaprMoE.Gateway.Tests;

public sealed class ChatMessagesTests
{
    [Fact]
    public void Read_TextAndParts_GivesText()
    {
        IReadOnlyList<ChatMessage> messages = Read("""
            [{"role":"developer","content":"Be kind."},
             {"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}],"name":"Ann"},
             {"role":"assistant","content":"","refusal":null}]
            """);
        Assert.Equal([new("system", "Be kind.", null), new("user", "a\nb", "Ann"), new("assistant", "", null)], messages);
    }

    [Theory]
    [InlineData("""["Hi"]""", "messages[0]", "invalid_value")]
    [InlineData("""[{"content":"Hi"}]""", "messages[0].role", "missing_required_parameter")]
    [InlineData("""[{"role":"user"}]""", "messages[0].content", "missing_required_parameter")]
    [InlineData("""[{"role":"king","content":"Hi"}]""", "messages[0].role", "invalid_value")]
    [InlineData("""[{"role":7,"content":"Hi"}]""", "messages[0].role", "invalid_value")]
    [InlineData("""[{"role":"tool","content":"Hi"}]""", "messages[0].role", "unsupported_parameter")]
    [InlineData("""[{"role":"user","content":"a"},{"role":"user","content":5}]""", "messages[1].content", "invalid_value")]
    [InlineData("""[{"role":"user","content":[]}]""", "messages[0].content", "invalid_value")]
    [InlineData("""[{"role":"user","content":["x"]}]""", "messages[0].content[0]", "invalid_value")]
    [InlineData("""[{"role":"user","content":[{"text":"x"}]}]""", "messages[0].content[0].type", "missing_required_parameter")]
    [InlineData("""[{"role":"user","content":[{"type":"text"}]}]""", "messages[0].content[0].text", "missing_required_parameter")]
    [InlineData("""[{"role":"user","content":[{"type":"text","text":1}]}]""", "messages[0].content[0].text", "invalid_value")]
    [InlineData("""[{"role":"user","content":[{"type":"image_url"}]}]""", "messages[0].content[0].type", "unsupported_parameter")]
    [InlineData("""[{"role":"user","content":[{"type":"text","text":"x","z":1}]}]""", "messages[0].content[0].z", "unknown_parameter")]
    [InlineData("""[{"role":"user","content":"x","name":1}]""", "messages[0].name", "invalid_value")]
    [InlineData("""[{"role":"assistant","content":"x","tool_calls":[{}]}]""", "messages[0].tool_calls", "unsupported_parameter")]
    [InlineData("""[{"role":"user","content":"x","contnt":"y"}]""", "messages[0].contnt", "unknown_parameter")]
    public void Read_WrongMessage_NamesThePlace(string json, string place, string code)
    {
        ApiException error = Assert.Throws<ApiException>(() => Read(json));
        Assert.Equal((400, place, code), (error.Status, error.Parameter, error.Code));
    }

    private static IReadOnlyList<ChatMessage> Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json));
        return ChatMessages.Read("messages", document.RootElement);
    }
}
