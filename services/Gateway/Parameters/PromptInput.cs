using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>A prompt as it was given: a text, or token ids.</summary>
/// <param name="Text">The text; null when ids were given.</param>
/// <param name="Ids">The ids; empty when a text was given.</param>
internal sealed record PromptInput(string? Text, IReadOnlyList<int> Ids);

/// <summary>The forms that <c>prompt</c> has.</summary>
internal static class PromptInputs
{
    public static readonly ValueRule<IReadOnlyList<PromptInput>> Rule =
        new("a text, an array of texts, an array of token ids, or an array of such arrays; none of them empty", TryRead);

    private static bool TryRead(JsonElement json, out IReadOnlyList<PromptInput> prompts)
    {
        if (TryReadOne(json, out PromptInput one))
        {
            prompts = [one];
            return true;
        }

        List<PromptInput> several = [];
        prompts = several;
        if (json.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (JsonElement item in json.EnumerateArray())
        {
            if (!TryReadOne(item, out one))
            {
                return false;
            }

            several.Add(one);
        }

        return several.Count > 0;
    }

    private static bool TryReadOne(JsonElement json, out PromptInput prompt)
    {
        if (ValueRules.Text.TryRead(json, out string text))
        {
            prompt = new(text, []);
            return true;
        }

        bool isRead = ValueRules.TokenIds.TryRead(json, out IReadOnlyList<int> ids) && ids.Count > 0;
        prompt = new(null, ids);
        return isRead;
    }
}
