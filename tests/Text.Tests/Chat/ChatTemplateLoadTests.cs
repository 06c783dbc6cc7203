using System.Text.Json;
using DaprMoE.Text.Verification;

namespace DaprMoE.Text.Tests.Chat;

public sealed class ChatTemplateLoadTests
{
    private static readonly JsonElement OneMessage = JsonDocument.Parse("""[{"role": "user", "content": "hi"}]""").RootElement;

    [Fact]
    public void Load_EveryFolder_FindsTheTemplateThatTransformersFinds()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Fixtures.PathOf("chat-templates", "loading", "cases.json")));
        int cases = 0;
        List<string> mismatches = [];
        foreach (JsonElement one in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            // A name that a model lacks is an error here; transformers renders the name itself as a template.
            if (one.GetPropertyOrNull("expected") is { } expected && expected == one.GetProperty("chat_template").GetString())
            {
                continue;
            }

            cases++;
            string folder = one.GetProperty("folder").GetString()!;
            ChatTemplate? template = ChatTemplate.Load(Fixtures.PathOf("chat-templates", "loading", folder), TimeProvider.System);
            JsonElement? tools = one.GetProperty("tools").GetBoolean() ? file.RootElement.GetProperty("tools") : null;
            ChatTemplateInput input = new()
            {
                Messages = OneMessage,
                Tools = tools,
                TemplateName = one.GetProperty("chat_template").GetString(),
                SpecialTokens = SpecialTokensOf(folder),
            };
            bool missing = template is null && one.TryGetProperty("error", out _);
            string? mismatch = missing ? null : ExpectedOutcome.Compare(one, () => template!.Render(input));
            mismatches.AddRange(mismatch is null ? [] : [$"{folder}: {mismatch}"]);
        }

        Assert.Empty(mismatches);
        Assert.Equal(22, cases);
    }

    [Fact]
    public void Load_FolderWithoutTemplate_IsNull() =>
        Assert.Null(ChatTemplate.Load(Fixtures.PathOf("chat-templates", "loading", "none"), TimeProvider.System));

    [Fact]
    public void Render_NameThatTheModelLacks_NamesThoseThereAre()
    {
        ChatTemplate template = ChatTemplate.Load(Fixtures.PathOf("chat-templates", "loading", "config-list"), TimeProvider.System)!;

        TemplateException error = Assert.Throws<TemplateException>(
            () => template.Render(new ChatTemplateInput { Messages = OneMessage, TemplateName = "rag" }));

        Assert.Contains("'rag'", error.Message);
        Assert.Contains("default, tool_use", error.Message);
    }

    [Theory]
    [InlineData("not json", "no JSON")]
    [InlineData("""{"chat_template": 5}""", "expected a text or a list")]
    [InlineData("""{"chat_template": [{"name": "default"}]}""", "lacks the text 'template'")]
    [InlineData("""{"chat_template": "{% if %}"}""", "line 1: expected")]
    public void Load_BadConfig_NamesFileAndReason(string config, string reason)
    {
        string folder = Directory.CreateTempSubdirectory("config").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), config);

            TemplateException error = Assert.Throws<TemplateException>(() => ChatTemplate.Load(folder, TimeProvider.System));

            Assert.Contains(reason, error.Message);
            Assert.Contains(folder, error.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Dictionary<string, string> SpecialTokensOf(string folder) => folder == "added-token-object"
        ? new() { ["bos_token"] = "<B>", ["eos_token"] = "<E>", ["unk_token"] = "<unk>" }
        : [];
}
