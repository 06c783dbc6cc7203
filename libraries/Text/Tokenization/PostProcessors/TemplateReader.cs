using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization.PostProcessors;

/// <summary>Reads a post-processor of type TemplateProcessing.</summary>
internal static class TemplateReader
{
    public static TemplateProcessor Read(JsonField field)
    {
        Dictionary<string, int[]> special = ReadSpecialTokens(field);
        TemplatePiece[] single = ReadPieces(field.Required("single"), special, texts: 1);
        TemplatePiece[] pair = field.Optional("pair") is { } pairField
            ? ReadPieces(pairField, special, texts: 2)
            : [.. single, new TemplatePiece(1, [], 1)];
        return new TemplateProcessor(single, pair);
    }

    private static Dictionary<string, int[]> ReadSpecialTokens(JsonField field)
    {
        Dictionary<string, int[]> special = new(StringComparer.Ordinal);
        if (field.Optional("special_tokens") is not { } tokens)
        {
            return special;
        }

        if (!tokens.IsObject)
        {
            throw tokens.Error($"must be an object, not {tokens.Shown}");
        }

        foreach (string name in tokens.Value.EnumerateObject().Select(entry => entry.Name))
        {
            JsonField token = tokens.Required(name);
            int[] ids = [.. token.Required("ids").Items().Select(id => id.Id())];
            int names = token.Required("tokens").Items().Count();
            special[name] = ids.Length == names
                ? ids
                : throw token.Error($"ids and tokens of \"{name}\" differ in length ({ids.Length} and {names}); they must agree");
        }

        return special;
    }

    private static TemplatePiece[] ReadPieces(JsonField field, Dictionary<string, int[]> special, int texts) =>
        [.. field.Items().Select(item => ReadPiece(item, special, texts))];

    private static TemplatePiece ReadPiece(JsonField field, Dictionary<string, int[]> special, int texts)
    {
        if (field.Optional("SpecialToken") is { } token)
        {
            string name = token.Required("id").String();
            return special.TryGetValue(name, out int[]? ids)
                ? new TemplatePiece(null, ids, ReadSequence(token))
                : throw token.Error($"the template names \"{name}\", which its special_tokens lack");
        }

        JsonField sequence = field.Optional("Sequence") ?? throw field.Error("must hold \"SpecialToken\" or \"Sequence\"");
        string letter = sequence.Required("id").String();
        int text = letter switch { "A" => 0, "B" when texts == 2 => 1, _ => -1 };
        return text >= 0
            ? new TemplatePiece(text, [], ReadSequence(sequence))
            : throw sequence.Error($"sequence \"{letter}\" is unknown here; it must be {(texts == 2 ? "A or B" : "A")}");
    }

    private static int ReadSequence(JsonField field) => field.Optional("type_id")?.Id() ?? 0;
}
