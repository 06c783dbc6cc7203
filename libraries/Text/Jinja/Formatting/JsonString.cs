using System.Globalization;

namespace DaprMoE.Text.Jinja.Formatting;

/// <summary>Writes text as a JSON string, escaping only what must be.</summary>
internal static class JsonString
{
    public static void Write(string text, TextBuilder output, bool asciiOnly)
    {
        output.Append("\"");
        int plain = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (Escape(text[i], asciiOnly) is { } escape)
            {
                output.Append(text[plain..i]);
                output.Append(escape);
                plain = i + 1;
            }
        }

        output.Append(text[plain..]);
        output.Append("\"");
    }

    private static string? Escape(char one, bool asciiOnly) => one switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        '\b' => @"\b",
        '\f' => @"\f",
        < ' ' => Code(one),
        > '~' when asciiOnly => Code(one),
        _ => null,
    };

    private static string Code(char one) => "\\u" + ((int)one).ToString("x4", CultureInfo.InvariantCulture);
}
