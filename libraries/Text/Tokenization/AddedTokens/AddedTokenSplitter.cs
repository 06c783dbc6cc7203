using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Tokenization.Normalizers;

namespace DaprMoE.Text.Tokenization.AddedTokens;

/// <summary>
/// Finds added tokens in two passes: those that are not normalised in the raw text, then, in each stretch between them, normalised on its
/// own, the others, whose contents are normalised too.
/// </summary>
internal sealed class AddedTokenSplitter
{
    private readonly INormalizer? _normalizer;
    private readonly AddedTokenMatcher _raw;
    private readonly AddedTokenMatcher _normalized;

    public AddedTokenSplitter(IReadOnlyList<AddedToken> tokens, INormalizer? normalizer)
    {
        _normalizer = normalizer;
        _raw = new AddedTokenMatcher(new AddedTokenTrie(tokens.Where(token => !token.Normalized).Select(token => (token.Content, token))));
        IEnumerable<(string Content, AddedToken Token)> normalized = tokens.Where(token => token.Normalized)
            .Select(token => (Content: Normalize(token.Content), token))
            .Where(entry => entry.Content.Length > 0);
        _normalized = new AddedTokenMatcher(new AddedTokenTrie(normalized));
    }

    /// <summary>The stretches of the text in order, normalised, each with its added token or none.</summary>
    public IEnumerable<(AlignedText Text, AddedToken? Token)> Split(AlignedText text, bool specialAsText)
    {
        foreach (TextPart raw in _raw.Split(text.Characters, specialAsText))
        {
            AlignedText stretch = text.Slice(raw.Start, raw.Length);
            if (raw.Token is not null)
            {
                yield return (stretch, raw.Token);
                continue;
            }

            AlignedText normalized = Normalize(stretch);
            foreach (TextPart part in _normalized.Split(normalized.Characters, specialAsText))
            {
                yield return (normalized.Slice(part.Start, part.Length), part.Token);
            }
        }
    }

    private string Normalize(string content) =>
        Normalize(new AlignedText(content.AsMemory(), 0, sources: null, tracked: false)).Characters.ToString();

    private AlignedText Normalize(AlignedText text) => _normalizer?.Normalize(text) ?? text;
}
