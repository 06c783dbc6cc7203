using System.Globalization;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Formatting;

/// <summary>Python's <c>repr</c> of text: quotes chosen by content, what can't be printed as escapes.</summary>
internal static class StringRepr
{
    public static void Write(string text, ValueWriter writer)
    {
        char quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        writer.Write(quote.ToString());
        int plain = 0;
        for (int i = 0; i < text.Length;)
        {
            int width = CodePoints.Width(text, i);
            int code = width == 2 ? char.ConvertToUtf32(text[i], text[i + 1]) : text[i];
            if (Escape(code, quote) is { } escape)
            {
                writer.Write(text[plain..i]);
                writer.Write(escape);
                plain = i + width;
            }

            i += width;
        }

        writer.Write(text[plain..]);
        writer.Write(quote.ToString());
    }

    private static string? Escape(int code, char quote) => code switch
    {
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        _ when code == quote => "\\" + quote,
        >= ' ' and < 0x7f => null,
        _ when IsPrintable(code) => null,
        <= 0xff => "\\x" + code.ToString("x2", CultureInfo.InvariantCulture),
        <= 0xffff => "\\u" + code.ToString("x4", CultureInfo.InvariantCulture),
        _ => "\\U" + code.ToString("x8", CultureInfo.InvariantCulture),
    };

    private static bool IsPrintable(int code) => CharUnicodeInfo.GetUnicodeCategory(code) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}
