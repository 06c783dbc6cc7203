using DaprMoE.Text.Tokenization.AddedTokens;
using DaprMoE.Text.Tokenization.Alignment;

namespace DaprMoE.Text.Tokenization;

/// <summary>Runs texts through the steps of a tokenizer.</summary>
internal sealed class TextEncoder(TokenizerParts parts)
{
    /// <summary>
    /// The tokens of one or two well-formed texts; without <paramref name="tracked"/> they have neither offsets nor names.
    /// </summary>
    public List<TextToken> Encode(IReadOnlyList<string> texts, EncodeOptions options, bool tracked)
    {
        IReadOnlyList<List<TextToken>> encoded = [.. texts.Select((text, index) => Encode(text, index, options, tracked))];
        encoded = parts.PostProcessor?.Process(encoded, options.AddSpecialTokens) ?? encoded;
        return encoded.Count == 1 ? encoded[0] : [.. encoded.SelectMany(tokens => tokens)];
    }

    private List<TextToken> Encode(string text, int sequence, EncodeOptions options, bool tracked)
    {
        TokenCollector tokens = new(text, sequence, tracked);
        AlignedText original = new(text.AsMemory(), 0, sources: null, tracked);
        foreach ((AlignedText stretch, AddedToken? added) in parts.Splitter.Split(original, options.SpecialAsText))
        {
            if (added is not null)
            {
                tokens.Add(added, stretch);
                continue;
            }

            Pieces pieces = Pieces.Whole(stretch);
            pieces = parts.PreTokenizer?.Split(pieces) ?? pieces;
            foreach (Piece piece in pieces.Items)
            {
                parts.Model.Tokenize(pieces.CharactersOf(piece), tokens.Buffer);
                tokens.TakeBuffer(pieces.Text, piece);
            }
        }

        return tokens.Items;
    }
}
