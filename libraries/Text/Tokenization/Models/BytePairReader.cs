using System.Globalization;
using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization.Models;

/// <summary>Reads a model of type BPE.</summary>
internal static class BytePairReader
{
    public static LoadedModel Read(JsonField field)
    {
        Vocabulary vocabulary = Vocabulary.Read(field.Required("vocab"));
        string prefix = field.OptionalString("continuing_subword_prefix") ?? string.Empty;
        CheckDropout(field);
        SymbolAlphabet alphabet = new(
            vocabulary,
            prefix,
            field.OptionalString("end_of_word_suffix") ?? string.Empty,
            ReadUnknown(field, vocabulary),
            field.Boolean("fuse_unk", absent: false),
            field.Boolean("byte_fallback", absent: false) ? FindByteTokens(vocabulary) : null);
        MergeTable merges = MergeTable.Read(field.Required("merges"), vocabulary, prefix);
        BytePairModel model = new(vocabulary, alphabet, merges, field.Boolean("ignore_merges", absent: false));
        return new LoadedModel(model, vocabulary);
    }

    private static int? ReadUnknown(JsonField field, Vocabulary vocabulary)
    {
        if (field.OptionalString("unk_token") is not { } unknown)
        {
            return null;
        }

        return vocabulary.IdOf(unknown) ?? throw field.Error($"unk_token \"{unknown}\" is not in the vocabulary");
    }

    /// <summary>Dropout is randomness for training. It is checked and otherwise left alone.</summary>
    private static void CheckDropout(JsonField field)
    {
        if (field.Optional("dropout") is { } dropout
            && (dropout.Value.ValueKind != System.Text.Json.JsonValueKind.Number || dropout.Value.GetDouble() is not (>= 0 and <= 1)))
        {
            throw dropout.Error($"must lie in 0..1, not {dropout.Shown}");
        }
    }

    /// <summary>The ids of &lt;0x00&gt; to &lt;0xFF&gt;, -1 for those that the vocabulary lacks.</summary>
    private static int[] FindByteTokens(Vocabulary vocabulary)
    {
        IEnumerable<string> names = Enumerable.Range(0, 256).Select(value => $"<0x{value.ToString("X2", CultureInfo.InvariantCulture)}>");
        return [.. names.Select(name => vocabulary.IdOf(name) ?? -1)];
    }
}
