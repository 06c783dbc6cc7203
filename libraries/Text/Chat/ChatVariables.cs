using System.Text.Json;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text;

/// <summary>The variables a chat template sees. Of two with the same name the later wins.</summary>
internal static class ChatVariables
{
    public static IEnumerable<KeyValuePair<string, Value>> Of(ChatTemplateInput input, Value messages, Meter meter)
    {
        foreach ((string name, string token) in input.SpecialTokens ?? new Dictionary<string, string>())
        {
            yield return KeyValuePair.Create<string, Value>(name, new StringValue(token));
        }

        foreach ((string name, JsonElement value) in input.Variables ?? new Dictionary<string, JsonElement>())
        {
            yield return KeyValuePair.Create(name, JsonValues.Of(value, meter));
        }

        yield return KeyValuePair.Create("messages", messages);
        yield return KeyValuePair.Create("tools", OrNone(input.Tools, meter));
        yield return KeyValuePair.Create("documents", OrNone(input.Documents, meter));
        yield return KeyValuePair.Create<string, Value>("add_generation_prompt", BoolValue.Of(input.AddGenerationPrompt));
    }

    private static Value OrNone(JsonElement? element, Meter meter) =>
        element is { } value ? JsonValues.Of(value, meter) : NoneValue.Instance;
}
