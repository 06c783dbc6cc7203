using System.Text.Json;
using System.Text.Json.Nodes;
using DaprMoE.Text;

namespace DaprMoE.Cli;

/// <summary>What was said so far.</summary>
internal sealed class Conversation(string? system)
{
    private readonly List<(string Role, string Content)> _messages = [];

    /// <summary>Adds what the user says.</summary>
    public void Ask(string content) => _messages.Add(("user", content));

    /// <summary>Adds the answer.</summary>
    public void Answer(string content) => _messages.Add(("assistant", content));

    /// <summary>Takes back the last message, when nothing came of it.</summary>
    public void TakeBack() => _messages.RemoveAt(_messages.Count - 1);

    /// <summary>Forgets all but the system message.</summary>
    public void Reset() => _messages.Clear();

    /// <summary>The text that the model continues.</summary>
    public string Render(ChatTemplate template, Tokenizer tokenizer) => template.Render(new ChatTemplateInput
    {
        Messages = ToJson(),
        AddGenerationPrompt = true,
        SpecialTokens = tokenizer.SpecialTokens,
    });

    private JsonElement ToJson()
    {
        JsonArray messages = new();
        if (system is not null)
        {
            messages.Add(Message("system", system));
        }

        foreach ((string role, string content) in _messages)
        {
            messages.Add(Message(role, content));
        }

        using JsonDocument document = JsonDocument.Parse(messages.ToJsonString());
        return document.RootElement.Clone();
    }

    private static JsonObject Message(string role, string content) => new JsonObject { ["role"] = role, ["content"] = content };
}
