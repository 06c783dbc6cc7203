using DaprMoE.Text.Tokenization.AddedTokens;
using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Tokenization.Models;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization;

/// <summary>Gathers the tokens of one text and, if wanted, what each stands for.</summary>
internal sealed class TokenCollector(string text, int sequence, bool tracked)
{
    private readonly int[]? _codePoints = tracked ? Utf16.CodePointIndexes(text) : null;

    public List<TextToken> Items { get; } = new(text.Length / 2);

    /// <summary>Where the model puts the tokens of a piece.</summary>
    public List<ModelToken> Buffer { get; } = [];

    /// <summary>Adds an added token that was found as <paramref name="found"/>.</summary>
    public void Add(AddedToken token, AlignedText found)
    {
        string? matched = tracked ? found.Characters.ToString() : null;
        Items.Add(new TextToken(token.Id, OffsetOf(found, 0, found.Length), sequence, matched));
    }

    /// <summary>Adds the tokens in the buffer and empties it.</summary>
    public void TakeBuffer(AlignedText pieces, Piece piece)
    {
        foreach (ModelToken token in Buffer)
        {
            Items.Add(new TextToken(token.Id, OffsetOf(pieces, piece.Start + token.Start, token.Length), sequence));
        }

        Buffer.Clear();
    }

    private TextSpan OffsetOf(AlignedText from, int start, int length)
    {
        if (!tracked)
        {
            return default;
        }

        SourceSpan source = from.SourceOf(start, length);
        return _codePoints is null
            ? new TextSpan(source.Start, source.End)
            : new TextSpan(_codePoints[source.Start], _codePoints[source.End]);
    }
}
