using System.Buffers;
using System.Text;

namespace DaprMoE.Text.Unicode;

/// <summary>Code points in UTF-16 text.</summary>
internal static class Utf16
{
    private const char Replacement = '\uFFFD';

    /// <summary>The code point at <paramref name="position"/> of well-formed text, and how many units it takes.</summary>
    public static int CodePointAt(ReadOnlySpan<char> text, int position, out int length)
    {
        char unit = text[position];
        if (char.IsHighSurrogate(unit))
        {
            length = 2;
            return char.ConvertToUtf32(unit, text[position + 1]);
        }

        length = 1;
        return unit;
    }

    /// <summary>The code point that ends before <paramref name="position"/> of well-formed text, and how many units it takes.</summary>
    public static int CodePointBefore(ReadOnlySpan<char> text, int position, out int length)
    {
        length = char.IsLowSurrogate(text[position - 1]) ? 2 : 1;
        return CodePointAt(text, position - length, out _);
    }

    /// <summary>The text itself, or a copy in which each lone surrogate is U+FFFD, as in every conversion to UTF-8.</summary>
    public static string ReplaceLoneSurrogates(string text)
    {
        int first = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        if (first < 0)
        {
            return text;
        }

        char[]? copy = null;
        for (int i = first; i < text.Length; i++)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out _, out int consumed) == OperationStatus.Done)
            {
                i += consumed - 1;
            }
            else
            {
                copy ??= text.ToCharArray();
                copy[i] = Replacement;
            }
        }

        return copy is null ? text : new string(copy);
    }

    /// <summary>For each unit of the text, and its end, how many code points stand before it; null if all are single units.</summary>
    public static int[]? CodePointIndexes(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return null;
        }

        int[] indexes = new int[text.Length + 1];
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            indexes[i] = count;
            if (!char.IsHighSurrogate(text[i]))
            {
                count++;
            }
        }

        indexes[text.Length] = count;
        return indexes;
    }
}
