using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Tokenization.Loading;
using DaprMoE.Text.Tokenization.Patterns;

namespace DaprMoE.Text.Tokenization.Normalizers;

/// <summary>Replaces every match of a pattern by a fixed text.</summary>
internal sealed class ReplaceNormalizer(ITextPattern pattern, string content) : INormalizer
{
    public static ReplaceNormalizer Read(JsonField field, LoadContext context) =>
        new(PatternReader.Read(field, context), field.Required("content").String());

    public AlignedText Normalize(AlignedText text)
    {
        List<Piece> matches = pattern.FindAll(text.Characters);
        if (matches.Count == 0)
        {
            return text;
        }

        AlignedTextBuilder result = new(text);
        int done = 0;
        foreach (Piece match in matches)
        {
            result.AppendUnchanged(done, match.Start - done);
            result.Append(content, match.Length > 0 ? text.SourceOf(match.Start, match.Length) : default);
            done = match.End;
        }

        result.AppendUnchanged(done, text.Length - done);
        return result.Build();
    }
}
