using DaprMoE.Text.Tokenization.AddedTokens;

namespace DaprMoE.Text.Tokenization;

/// <summary>All tokens of a tokenizer: those of the model and the added ones.</summary>
internal sealed class TokenTable
{
    private readonly Vocabulary _vocabulary;
    private readonly Dictionary<int, AddedToken> _addedById;
    private readonly Dictionary<string, AddedToken> _addedByContent;

    public TokenTable(Vocabulary vocabulary, IReadOnlyList<AddedToken> added)
    {
        _vocabulary = vocabulary;
        Added = added;
        _addedById = added.ToDictionary(token => token.Id);
        _addedByContent = added.ToDictionary(token => token.Content, StringComparer.Ordinal);
        Count = vocabulary.Count + added.Count(token => vocabulary.TextOf(token.Id) is null);
        LargestId = added.Select(token => token.Id).Append(vocabulary.LargestId).Max();
    }

    public int Count { get; }

    /// <summary>The largest id; -1 without tokens.</summary>
    public int LargestId { get; }

    public IReadOnlyList<AddedToken> Added { get; }

    public string? TextOf(int id) => _addedById.TryGetValue(id, out AddedToken? token) ? token.Content : _vocabulary.TextOf(id);

    public int? IdOf(string text) => _addedByContent.TryGetValue(text, out AddedToken? token) ? token.Id : _vocabulary.IdOf(text);

    public AddedToken? AddedWith(int id) => _addedById.GetValueOrDefault(id);

    public bool IsSpecial(int id) => _addedById.TryGetValue(id, out AddedToken? token) && token.Special;
}
