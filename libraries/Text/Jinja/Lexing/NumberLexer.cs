using System.Globalization;
using System.Numerics;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Lexing;

/// <summary>Reads numbers: decimal, binary, octal, hexadecimal, floats; underscores may separate digits.</summary>
internal static class NumberLexer
{
    private const int MaxDigits = 4300;

    public static Token Take(SourceCursor cursor, bool afterDot)
    {
        int line = cursor.Line;
        if (Radix(cursor) is { } radix && Digits(cursor, 2, radix) > 2)
        {
            string based = Text(cursor, Digits(cursor, 2, radix));
            return Integer(based, Parse(based[2..], radix), line);
        }

        int whole = Digits(cursor, 0, 10);
        int real = afterDot ? whole : Fraction(cursor, whole);
        if (real > whole)
        {
            string text = Text(cursor, real);
            return new Token(TokenKind.Number, text, line, new FloatValue(double.Parse(text, CultureInfo.InvariantCulture)));
        }

        // A leading zero stands alone, so that 01 is two numbers and thereby an error.
        string number = Text(cursor, cursor.Current == '0' ? Zeros(cursor) : whole);
        return number.Length > MaxDigits
            ? throw new JinjaException($"a number has more than {MaxDigits} digits", line: line)
            : Integer(number, BigInteger.Parse(number, CultureInfo.InvariantCulture), line);
    }

    private static Token Integer(string text, BigInteger number, int line) => new(TokenKind.Number, text, line, IntValue.Of(number));

    private static int? Radix(SourceCursor cursor) => cursor.Current != '0' ? null : char.ToLowerInvariant(cursor.At(1)) switch
    {
        'x' => 16,
        'o' => 8,
        'b' => 2,
        _ => null,
    };

    /// <summary>End of the digits from a place on, with single underscores between them.</summary>
    private static int Digits(SourceCursor cursor, int from, int radix)
    {
        int end = from;
        while (IsDigit(cursor.At(end), radix) || (cursor.At(end) == '_' && IsDigit(cursor.At(end + 1), radix) && (end > 0)))
        {
            end++;
        }

        return end;
    }

    private static int Zeros(SourceCursor cursor)
    {
        int end = 1;
        while (cursor.At(end) == '0' || (cursor.At(end) == '_' && cursor.At(end + 1) == '0'))
        {
            end++;
        }

        return end;
    }

    private static int Fraction(SourceCursor cursor, int whole)
    {
        int end = whole;
        if (cursor.At(end) == '.' && char.IsAsciiDigit(cursor.At(end + 1)))
        {
            end = Digits(cursor, end + 1, 10);
        }

        int digit = end + (cursor.At(end + 1) is '+' or '-' ? 2 : 1);
        bool hasExponent = cursor.At(end) is 'e' or 'E' && char.IsAsciiDigit(cursor.At(digit));
        return hasExponent ? Digits(cursor, digit, 10) : end;
    }

    private static bool IsDigit(char one, int radix) =>
        radix == 16 ? char.IsAsciiHexDigit(one) : char.IsAsciiDigit(one) && one - '0' < radix;

    private static string Text(SourceCursor cursor, int length) => cursor.Take(length).Replace("_", "", StringComparison.Ordinal);

    private static BigInteger Parse(string digits, int radix)
    {
        int bitsPerDigit = BitOperations.Log2((uint)radix);
        IntValue.RefuseBits((double)digits.Length * bitsPerDigit);
        return digits.Aggregate(BigInteger.Zero, (number, digit) => (number << bitsPerDigit) + Convert.ToInt32(digit.ToString(), 16));
    }
}
