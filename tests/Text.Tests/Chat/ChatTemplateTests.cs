using System.Text.Json;

namespace DaprMoE.Text.Tests.Chat;

public sealed class ChatTemplateTests
{
    private const string Simple = "{% for m in messages %}[{{ m.content | trim }}]{% endfor %}{% if add_generation_prompt %}>{% endif %}";

    [Fact]
    public void Render_AddGenerationPrompt_IsSeenByTheTemplate()
    {
        Assert.Equal("[a]>", Render(Simple, Input("""[{"content": " a "}]""")));
        Assert.Equal("[a]", Render(Simple, Input("""[{"content": "a"}]""") with { AddGenerationPrompt = false }));
    }

    [Fact]
    public void Render_ContinueFinalMessage_EndsWithinTheMessage()
    {
        ChatTemplateInput input = Input("""[{"content": "a"}, {"content": "b c"}]""") with
        {
            AddGenerationPrompt = false,
            ContinueFinalMessage = true,
        };

        Assert.Equal("[a][b c", Render(Simple, input));
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""[{"content": 5}]""")]
    [InlineData("""[{"content": [{"type": "image"}]}]""")]
    [InlineData("""{"content": "a"}""")]
    public void Render_ContinueFinalMessageWithoutText_IsAnError(string messages)
    {
        ChatTemplateInput input = Input(messages) with { AddGenerationPrompt = false, ContinueFinalMessage = true };

        Assert.Contains("final message with text", Fail(Simple, input).Reason);
    }

    [Fact]
    public void Render_ContinueFinalMessageAndPrompt_IsRefused() =>
        Assert.Contains("exclude each other", Fail(Simple, Input("""[{"content": "a"}]""") with { ContinueFinalMessage = true }).Reason);

    [Fact]
    public void Render_ContinueFinalMessageThatTheTemplateDrops_IsAnError()
    {
        ChatTemplateInput input = Input("""[{"content": "a"}]""") with { AddGenerationPrompt = false, ContinueFinalMessage = true };

        Assert.Contains("no place to go on", Fail("nothing", input).Reason);
    }

    [Fact]
    public void Render_Variables_WinOverSpecialTokens()
    {
        ChatTemplateInput input = Input("[]") with
        {
            SpecialTokens = new Dictionary<string, string> { ["bos_token"] = "<s>", ["eos_token"] = "</s>" },
            Variables = new Dictionary<string, JsonElement> { ["eos_token"] = Json("\"<end>\"") },
        };

        Assert.Equal("<s><end>", Render("{{ bos_token }}{{ eos_token }}", input));
    }

    [Fact]
    public void Render_NumbersOfTheConversation_KeepTheirKind()
    {
        ChatTemplateInput input = Input("""[{"a": 1, "b": 1.0, "c": 1e20, "d": -0.0, "e": 123456789012345678901234567890}]""");

        Assert.Equal("1 1.0 1e+20 -0.0 123456789012345678901234567890", Render("{{ messages[0].values() | join(' ') }}", input));
        Assert.Equal(
            """{"a": 1, "b": 1.0, "c": 1e+20, "d": -0.0, "e": 123456789012345678901234567890}""",
            Render("{{ messages[0] | tojson }}", input));
    }

    [Theory]
    [InlineData("""[{"content": "\ud800"}]""")]
    [InlineData("""[{"\udc00": "a"}]""")]
    public void Render_HalfASurrogatePair_IsAnError(string messages) =>
        Assert.Contains("surrogate", Fail(Simple, Input(messages)).Reason);

    [Fact]
    public void Render_FromSeveralThreads_GivesTheSameText()
    {
        ChatTemplate template = ChatTemplate.Parse(Simple, "simple", TimeProvider.System);
        string[] rendered = new string[64];

        Parallel.For(0, rendered.Length, i => rendered[i] = template.Render(Input($$"""[{"content": "{{i}}"}]""")));

        Assert.Equal(Enumerable.Range(0, rendered.Length).Select(i => $"[{i}]>"), rendered);
    }

    private static ChatTemplateInput Input(string messages) => new() { Messages = Json(messages) };

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static string Render(string source, ChatTemplateInput input) =>
        ChatTemplate.Parse(source, "simple", TimeProvider.System).Render(input);

    private static TemplateException Fail(string source, ChatTemplateInput input) =>
        Assert.Throws<TemplateException>(() => Render(source, input));
}
