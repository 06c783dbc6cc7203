using DaprMoE.Text.Tokenization.AddedTokens;
using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Tokenization.Models;

namespace DaprMoE.Text.Tokenization;

/// <summary>Runs texts through the steps of a tokenizer.</summary>
internal sealed class TextEncoder(TokenizerParts parts)
{
    /// <summary>The tokens of one or two well-formed texts; without <paramref name="tracked"/> their sources mean nothing.</summary>
    public IEnumerable<TextToken> Encode(IReadOnlyList<string> texts, EncodeOptions options, bool tracked)
    {
        IReadOnlyList<List<TextToken>> encoded = [.. texts.Select((text, index) => Encode(text, index, options, tracked))];
        encoded = parts.PostProcessor?.Process(encoded, options.AddSpecialTokens) ?? encoded;
        return encoded.SelectMany(tokens => tokens);
    }

    private List<TextToken> Encode(string text, int sequence, EncodeOptions options, bool tracked)
    {
        List<TextToken> tokens = new(text.Length / 2);
        List<ModelToken> buffer = [];
        AlignedText original = new(text.AsMemory(), 0, sources: null, tracked);
        foreach ((AlignedText stretch, AddedToken? added) in parts.Splitter.Split(original, options.SpecialAsText))
        {
            if (added is not null)
            {
                tokens.Add(new TextToken(added.Id, sequence, stretch.SourceOf(0, stretch.Length), sequence, AddedByTemplate: false));
            }
            else
            {
                EncodeStretch(stretch, sequence, buffer, tokens);
            }
        }

        return tokens;
    }

    private void EncodeStretch(AlignedText stretch, int sequence, List<ModelToken> buffer, List<TextToken> tokens)
    {
        Pieces pieces = Pieces.Whole(stretch);
        pieces = parts.PreTokenizer?.Split(pieces) ?? pieces;
        foreach (Piece piece in pieces.Items)
        {
            buffer.Clear();
            parts.Model.Tokenize(pieces.CharactersOf(piece), buffer);
            foreach (ModelToken token in buffer)
            {
                SourceSpan source = SourceOf(pieces.Text, piece, token);
                tokens.Add(new TextToken(token.Id, sequence, source, sequence, AddedByTemplate: false));
            }
        }
    }

    private static SourceSpan SourceOf(AlignedText text, Piece piece, ModelToken token) =>
        text.Tracked ? text.SourceOf(piece.Start + token.Start, token.Length) : default;
}
