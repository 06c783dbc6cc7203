using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Normalizers;

/// <summary>Lower case, character by character, whatever stands around it.</summary>
internal sealed class LowercaseNormalizer : INormalizer
{
    public AlignedText Normalize(AlignedText text)
    {
        AlignedTextBuilder result = new(text);
        for (int i = 0; i < text.Length;)
        {
            int codePoint = Utf16.CodePointAt(text.Characters, i, out int length);
            if (UnicodeTables.Instance.Lowercase.TryGetValue(codePoint, out int[]? lower))
            {
                foreach (int part in lower)
                {
                    result.Append(part, text.SourceOf(i, length));
                }
            }
            else
            {
                result.AppendUnchanged(i, length);
            }

            i += length;
        }

        return result.Build();
    }
}
