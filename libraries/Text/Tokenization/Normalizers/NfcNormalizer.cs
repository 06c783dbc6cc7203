using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Normalizers;

/// <summary>Canonical composition. Text that is composed already, which is nearly all, stays untouched.</summary>
internal sealed class NfcNormalizer : INormalizer
{
    public AlignedText Normalize(AlignedText text)
    {
        int unstable = NextUnstable(text.Characters, 0);
        if (unstable == text.Length)
        {
            return text;
        }

        AlignedTextBuilder result = new(text);
        CanonicalComposer composer = new();
        List<int> segment = [];
        int done = 0;
        while (unstable < text.Length)
        {
            int start = unstable == done ? done : unstable - LengthBefore(text.Characters, unstable);
            result.AppendUnchanged(done, start - done);
            done = ReadSegment(text.Characters, start, segment);
            composer.Compose(segment);
            Append(result, text, start, composer.Result);
            unstable = NextUnstable(text.Characters, done);
        }

        result.AppendUnchanged(done, text.Length - done);
        return result.Build();
    }

    private static int NextUnstable(ReadOnlySpan<char> text, int from)
    {
        // Everything below U+0300 is stable.
        int jump = text[from..].IndexOfAnyExceptInRange('\0', '\u02FF');
        for (int i = jump < 0 ? text.Length : from + jump; i < text.Length;)
        {
            if (CanonicalMapping.Unstable.Contains(Utf16.CodePointAt(text, i, out int length)))
            {
                return i;
            }

            i += length;
        }

        return text.Length;
    }

    private static int LengthBefore(ReadOnlySpan<char> text, int position)
    {
        _ = Utf16.CodePointBefore(text, position, out int length);
        return length;
    }

    /// <summary>Reads one code point and all unstable ones after it; returns where the segment ends.</summary>
    private static int ReadSegment(ReadOnlySpan<char> text, int start, List<int> segment)
    {
        segment.Clear();
        int position = start;
        while (position < text.Length)
        {
            int codePoint = Utf16.CodePointAt(text, position, out int length);
            if (segment.Count > 0 && !CanonicalMapping.Unstable.Contains(codePoint))
            {
                break;
            }

            segment.Add(codePoint);
            position += length;
        }

        return position;
    }

    /// <summary>
    /// A composed character stands for the first character it was made of: the reference library's offsets are like that.
    /// </summary>
    private static void Append(AlignedTextBuilder result, AlignedText text, int start, IReadOnlyList<CanonicalComposer.Part> parts)
    {
        int position = start;
        SourceSpan previous = start > 0 ? text.SourceOf(start - 1, 1) : default;
        foreach (CanonicalComposer.Part part in parts)
        {
            if (part.Inserted <= 0)
            {
                for (int consumed = part.Inserted; consumed <= 0; consumed++)
                {
                    _ = Utf16.CodePointAt(text.Characters, position, out int length);
                    if (consumed == part.Inserted)
                    {
                        result.Append(part.CodePoint, text.SourceOf(position, length));
                    }

                    previous = text.SourceOf(position, length);
                    position += length;
                }
            }
            else
            {
                result.Append(part.CodePoint, previous);
            }
        }
    }
}
