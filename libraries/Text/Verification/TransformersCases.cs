using System.Text.Json;

namespace DaprMoE.Text.Verification;

/// <summary>Runs the checks against the library that also reads tokenizer_config.json.</summary>
internal sealed class TransformersCases(Tokenizer tokenizer, VerificationTally tally)
{
    private const string Kind = "transformers";

    public void CheckAll(JsonElement root)
    {
        foreach (JsonElement item in root.Group(Kind))
        {
            string text = item.Text("text")!;
            int[] ids = item.Numbers("ids")!;
            tally.Check(Kind, $"{item.Name()} ids", ids, tokenizer.Encode(text, new EncodeOptions(AddSpecialTokens: true)));
            tally.Check(Kind, $"{item.Name()} ids_without_special", item.Numbers("ids_without_special") ?? ids, tokenizer.Encode(text));
            if (item.Text("decoded") is { } decoded)
            {
                tally.Check(Kind, $"{item.Name()} decoded", decoded, tokenizer.Decode(ids));
                string skipped = tokenizer.Decode(ids, skipSpecialTokens: true);
                tally.Check(Kind, $"{item.Name()} decoded_skip", item.Text("decoded_skip") ?? decoded, skipped);
            }
        }

        CheckSpecialTokens(root);
    }

    private void CheckSpecialTokens(JsonElement root)
    {
        if (!root.TryGetProperty("transformers_special_tokens_map", out JsonElement map))
        {
            return;
        }

        foreach (JsonProperty entry in map.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.String))
        {
            string actual = tokenizer.SpecialTokens.GetValueOrDefault(entry.Name) ?? "none";
            tally.Check("special tokens", entry.Name, entry.Value.GetString()!, actual);
        }
    }
}
