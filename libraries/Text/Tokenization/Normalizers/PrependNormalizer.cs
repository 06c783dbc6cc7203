using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Normalizers;

/// <summary>Puts a text before every stretch that is not empty, also before one that begins with a space.</summary>
internal sealed class PrependNormalizer(string prefix) : INormalizer
{
    public AlignedText Normalize(AlignedText text)
    {
        if (text.Length == 0)
        {
            return text;
        }

        AlignedTextBuilder result = new(text);
        _ = Utf16.CodePointAt(text.Characters, 0, out int length);
        result.Append(prefix, text.SourceOf(0, length));
        result.AppendUnchanged(0, text.Length);
        return result.Build();
    }
}
