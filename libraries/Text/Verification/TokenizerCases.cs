using System.Text.Json;

namespace DaprMoE.Text.Verification;

/// <summary>Runs the checks that concern tokenizer.json alone.</summary>
internal sealed class TokenizerCases(Tokenizer tokenizer, VerificationTally tally)
{
    public void CheckAll(JsonElement root)
    {
        if (root.TryGetProperty("vocab_size", out JsonElement size))
        {
            tally.Check("vocab_size", "vocab_size", [size.GetInt32()], [tokenizer.VocabularySize]);
        }

        foreach (JsonElement item in root.Group("cases"))
        {
            CheckEncoding(item);
            CheckDecoding(item);
        }

        foreach (JsonElement item in root.Group("pairs"))
        {
            CheckPair(item);
        }

        foreach (JsonElement item in root.Group("decode"))
        {
            tally.Check("decode", item.Name(), item.Text("decoded")!, tokenizer.Decode(item.Numbers("ids")));
        }

        foreach (JsonElement item in root.Group("stream"))
        {
            CheckStream(item);
        }

        foreach (JsonElement item in root.Group("library_panics"))
        {
            CheckSurvival(item);
        }
    }

    private void CheckEncoding(JsonElement item)
    {
        string text = item.Text("text")!;
        int[] ids = item.Numbers("ids")!;
        TokenizedText encoded = tokenizer.EncodeWithOffsets(text);
        tally.Check("ids", item.Name(), ids, tokenizer.Encode(text));
        tally.Check("ids with offsets", item.Name(), ids, encoded.Ids);
        if (item.Numbers("offsets") is { } offsets)
        {
            tally.Check("offsets", item.Name(), offsets, encoded.Offsets.Flat());
        }

        if (item.Texts("tokens") is { } names)
        {
            tally.Check("tokens", item.Name(), names, encoded.Tokens);
        }

        TokenizedText special = tokenizer.EncodeWithOffsets(text, new EncodeOptions(AddSpecialTokens: true));
        tally.Check("ids_with_special", item.Name(), item.Numbers("ids_with_special") ?? ids, special.Ids);
        if (item.Numbers("offsets_with_special") is { } specialOffsets)
        {
            tally.Check("offsets_with_special", item.Name(), specialOffsets, special.Offsets.Flat());
        }

        int[] asText = tokenizer.Encode(text, new EncodeOptions(SpecialAsText: true));
        tally.Check("ids_special_as_text", item.Name(), item.Numbers("ids_special_as_text") ?? ids, asText);
    }

    private void CheckDecoding(JsonElement item)
    {
        int[] ids = item.Numbers("ids")!;
        string decoded = item.Text("decoded") ?? item.Text("text")!;
        tally.Check("decoded", item.Name(), decoded, tokenizer.Decode(ids));
        tally.Check("decoded_skip", item.Name(), item.Text("decoded_skip") ?? decoded, tokenizer.Decode(ids, skipSpecialTokens: true));
    }

    private void CheckPair(JsonElement item)
    {
        TokenizedText pair = tokenizer.EncodePair(item.Text("a")!, item.Text("b")!, new EncodeOptions(AddSpecialTokens: true));
        tally.Check("pairs", $"{item.Name()} ids", item.Numbers("ids")!, pair.Ids);
        tally.Check("pairs", $"{item.Name()} type_ids", item.Numbers("type_ids")!, pair.Sequences);
        tally.Check("pairs", $"{item.Name()} offsets", item.Numbers("offsets")!, pair.Offsets.Flat());
        int[] mask = [.. pair.AddedByTemplate.Select(added => added ? 1 : 0)];
        tally.Check("pairs", $"{item.Name()} special_tokens_mask", item.Numbers("special_tokens_mask")!, mask);
    }

    private void CheckStream(JsonElement item)
    {
        int[] ids = item.Numbers("ids")!;
        bool skip = item.GetProperty("skip_special_tokens").GetBoolean();
        tally.Check("stream", $"{item.Name()} total", item.Text("total")!, tokenizer.Decode(ids, skip));
        if (item.Texts("chunks") is { } chunks)
        {
            Detokenizer detokenizer = tokenizer.CreateDetokenizer(skip);
            tally.Check("stream", $"{item.Name()} chunks", chunks, [.. ids.Select(detokenizer.Append)]);
            tally.Check("stream", $"{item.Name()} flush", item.Text("flush")!, detokenizer.Flush());
        }
    }

    /// <summary>No result is prescribed here; the tokens must still cover the text in order.</summary>
    private void CheckSurvival(JsonElement item)
    {
        string text = item.ValueKind == JsonValueKind.String ? item.GetString()! : item.Text("text")!;
        IReadOnlyList<TextSpan> offsets = tokenizer.EncodeWithOffsets(text).Offsets;
        tally.Check("library_panics", text, [.. offsets.OrderBy(span => span.Start)], offsets);
    }
}
