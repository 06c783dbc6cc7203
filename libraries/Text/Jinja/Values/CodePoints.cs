using System.Text;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>Text as a sequence of code points; a lone surrogate counts as one.</summary>
internal static class CodePoints
{
    public static int Count(string text)
    {
        int count = text.Length;
        int at = text.AsSpan().IndexOfAnyInRange('\ud800', '\udbff');
        for (int i = at; i >= 0 && i < text.Length - 1; i++)
        {
            if (IsPair(text, i))
            {
                count--;
                i++;
            }
        }

        return count;
    }

    /// <summary>UTF-16 units of the code point that starts at <paramref name="index"/>.</summary>
    public static int Width(string text, int index) => IsPair(text, index) ? 2 : 1;

    public static IEnumerable<string> Split(string text)
    {
        for (int i = 0; i < text.Length; i += Width(text, i))
        {
            yield return text.Substring(i, Width(text, i));
        }
    }

    public static IEnumerable<int> Of(string text)
    {
        for (int i = 0; i < text.Length; i += Width(text, i))
        {
            yield return IsPair(text, i) ? char.ConvertToUtf32(text[i], text[i + 1]) : text[i];
        }
    }

    /// <summary>The code point with the number <paramref name="index"/> of a text with <paramref name="length"/> of them.</summary>
    public static string At(string text, int index, int length)
    {
        int unit = UnitOf(text, index, length);
        return text.Substring(unit, Width(text, unit));
    }

    /// <summary>The UTF-16 index at which a code point starts.</summary>
    public static int UnitOf(string text, int index, int length)
    {
        if (length == text.Length)
        {
            return index;
        }

        int unit = 0;
        for (int i = 0; i < index; i++)
        {
            unit += Width(text, unit);
        }

        return unit;
    }

    public static string Slice(string text, SliceBounds bounds, int length)
    {
        (int start, int step, int count) = bounds.Resolve(length);
        if (step == 1)
        {
            int first = UnitOf(text, start, length);
            return text[first..(length == text.Length ? start + count : UnitOf(text, start + count, length))];
        }

        int[] units = length == text.Length ? [] : Units(text, length);
        StringBuilder result = new(count);
        for (int i = 0; i < count; i++)
        {
            int at = start + (i * step);
            int unit = units.Length == 0 ? at : units[at];
            result.Append(text, unit, Width(text, unit));
        }

        return result.ToString();
    }

    public static bool IsPair(string text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]);

    private static int[] Units(string text, int length)
    {
        int[] units = new int[length];
        for (int i = 0, unit = 0; i < length; unit += Width(text, unit), i++)
        {
            units[i] = unit;
        }

        return units;
    }
}
