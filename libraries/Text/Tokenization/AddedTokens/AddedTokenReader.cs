using DaprMoE.Text.Tokenization.Loading;

namespace DaprMoE.Text.Tokenization.AddedTokens;

/// <summary>Reads <c>added_tokens</c> and holds it against the model's vocabulary.</summary>
internal static class AddedTokenReader
{
    public static List<AddedToken> Read(JsonField root, Vocabulary vocabulary)
    {
        Dictionary<string, AddedToken> byContent = new(StringComparer.Ordinal);
        Dictionary<int, string> byId = [];
        foreach (JsonField field in root.Optional("added_tokens")?.Items() ?? [])
        {
            AddedToken token = ReadToken(field);
            CheckId(field, token, vocabulary, byId);
            CheckContent(field, token, byContent);
            // A token without content could match everywhere without end; it is left out, as in the reference library.
            if (token.Content.Length > 0)
            {
                byId[token.Id] = token.Content;
                byContent[token.Content] = token;
            }
        }

        return [.. byContent.Values];
    }

    private static AddedToken ReadToken(JsonField field) => new(
        field.Required("id").Id(),
        field.Required("content").String(),
        field.Boolean("single_word", absent: false),
        field.Boolean("lstrip", absent: false),
        field.Boolean("rstrip", absent: false),
        field.Boolean("normalized", absent: false),
        field.Boolean("special", absent: false));

    private static void CheckId(JsonField field, AddedToken token, Vocabulary vocabulary, Dictionary<int, string> byId)
    {
        if (vocabulary.IdOf(token.Content) is { } known && known != token.Id)
        {
            throw field.Error($"added token \"{token.Content}\" has id {token.Id}, but the vocabulary says {known}");
        }

        string? owner = vocabulary.TextOf(token.Id) ?? byId.GetValueOrDefault(token.Id);
        if (owner is not null && owner != token.Content)
        {
            throw field.Error($"added token \"{token.Content}\" has id {token.Id}, which is \"{owner}\"");
        }
    }

    private static void CheckContent(JsonField field, AddedToken token, Dictionary<string, AddedToken> byContent)
    {
        if (byContent.TryGetValue(token.Content, out AddedToken? earlier) && earlier.Id != token.Id)
        {
            throw field.Error($"added token \"{token.Content}\" stands twice, with ids {earlier.Id} and {token.Id}");
        }
    }
}
