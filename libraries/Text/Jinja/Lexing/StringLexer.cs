using System.Globalization;
using System.Text;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Lexing;

/// <summary>Reads quoted text with Python's escapes; an unknown escape stays as it is.</summary>
internal static class StringLexer
{
    public static Token Take(SourceCursor cursor)
    {
        int line = cursor.Line;
        char quote = cursor.Current;
        int end = 1;
        while (cursor.At(end) != quote)
        {
            end += cursor.At(end) == '\\' ? 2 : 1;
            if (cursor.Position + end >= cursor.Source.Length)
            {
                throw new JinjaException($"the text that starts with {quote} is never closed", line: line);
            }
        }

        string inner = cursor.Take(end + 1)[1..^1];
        return new Token(TokenKind.String, inner, line, new StringValue(Unescape(inner, line)));
    }

    private static string Unescape(string text, int line)
    {
        StringBuilder result = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            i += AppendEscape(text, i, result, line);
        }

        return result.ToString();
    }

    /// <summary>Appends what the escape at <paramref name="at"/> means; gives how many characters it has beyond the first.</summary>
    private static int AppendEscape(string text, int at, StringBuilder result, int line)
    {
        int simple = "\n\\'\"abfnrtv".IndexOf(text[at]);
        if (simple >= 0)
        {
            result.Append("\0\\'\"\a\b\f\n\r\t\v"[simple] is var one and not '\0' ? one.ToString() : "");
            return 0;
        }

        switch (text[at])
        {
            case 'x':
                return AppendCode(text, at, 2, result, line);
            case 'u':
                return AppendCode(text, at, 4, result, line);
            case 'U':
                return AppendCode(text, at, 8, result, line);
            case 'N':
                throw new JinjaException(@"names of characters (\N{...}) are not supported; write \uXXXX", line: line);
            case >= '0' and <= '7':
                return AppendOctal(text, at, result);
            default:
                result.Append('\\').Append(text[at]);
                return 0;
        }
    }

    private static int AppendCode(string text, int at, int digits, StringBuilder result, int line)
    {
        bool complete = at + digits < text.Length;
        int code = -1;
        if (!complete || !int.TryParse(text.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code)
            || code is < 0 or > 0x10ffff)
        {
            throw new JinjaException($"\\{text[at]} needs {digits} hexadecimal digits of a code point", line: line);
        }

        result.Append(code > 0xffff ? char.ConvertFromUtf32(code) : ((char)code).ToString());
        return digits;
    }

    private static int AppendOctal(string text, int at, StringBuilder result)
    {
        int end = at;
        int code = 0;
        while (end < Math.Min(text.Length, at + 3) && text[end] is >= '0' and <= '7')
        {
            code = (code * 8) + (text[end++] - '0');
        }

        result.Append((char)code);
        return end - at - 1;
    }
}
