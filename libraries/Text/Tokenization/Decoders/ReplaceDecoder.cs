using System.Text;
using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Tokenization.Loading;
using DaprMoE.Text.Tokenization.Patterns;

namespace DaprMoE.Text.Tokenization.Decoders;

/// <summary>Replaces every match of a pattern within a token by a fixed text.</summary>
internal sealed class ReplaceDecoder(ITextPattern pattern, string content) : TokenwiseDecoder
{
    public static ReplaceDecoder Read(JsonField field, LoadContext context) =>
        new(PatternReader.Read(field, context), field.Required("content").String());

    protected override string Decode(string token, bool first)
    {
        StringBuilder text = new();
        int done = 0;
        foreach (Piece match in pattern.FindAll(token))
        {
            text.Append(token, done, match.Start - done).Append(content);
            done = match.End;
        }

        return text.Append(token, done, token.Length - done).ToString();
    }
}
