using System.Text.Json;
using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization;

/// <summary>The model's own tokens. Both directions are hash tables: ids may have holes of any size.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _idsBySpan;
    private readonly Dictionary<int, string> _texts;

    private Vocabulary(int capacity)
    {
        _ids = new Dictionary<string, int>(capacity, StringComparer.Ordinal);
        _idsBySpan = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _texts = new Dictionary<int, string>(capacity);
    }

    public int Count => _texts.Count;

    /// <summary>The largest id; -1 without tokens.</summary>
    public int LargestId { get; private set; } = -1;

    /// <summary>Reads an object of token to id.</summary>
    public static Vocabulary Read(JsonField field)
    {
        if (!field.IsObject)
        {
            throw field.Error($"must be an object of token to id, not {field.Shown}");
        }

        Vocabulary vocabulary = new(field.Value.GetPropertyCount());
        foreach (JsonProperty entry in field.Value.EnumerateObject())
        {
            vocabulary.Add(field, entry);
        }

        return vocabulary;
    }

    public int? IdOf(ReadOnlySpan<char> text) => _idsBySpan.TryGetValue(text, out int id) ? id : null;

    public string? TextOf(int id) => _texts.GetValueOrDefault(id);

    private void Add(JsonField field, JsonProperty entry)
    {
        string text = NameOf(field, entry);
        int id = entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetInt32(out int small) && small >= 0
            ? small
            : new JsonField(entry.Value, $"{field.Path}: id of \"{text}\"", field.File).Id();
        if (_texts.TryGetValue(id, out string? other) && other != text)
        {
            throw field.Error($"id {id} belongs to \"{other}\" and to \"{text}\"; each id must have one token");
        }

        if (_ids.TryGetValue(text, out int earlier) && earlier != id)
        {
            throw field.Error($"\"{text}\" stands twice, with ids {earlier} and {id}");
        }

        _ids[text] = id;
        _texts[id] = text;
        LargestId = Math.Max(LargestId, id);
    }

    private static string NameOf(JsonField field, JsonProperty entry)
    {
        try
        {
            return entry.Name;
        }
        catch (InvalidOperationException error)
        {
            throw new TokenizerException(field.File, field.Path, "a token holds a lone surrogate escape, which is no text", error);
        }
    }
}
