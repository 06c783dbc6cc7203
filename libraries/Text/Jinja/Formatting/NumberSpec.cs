using System.Globalization;
using System.Numerics;
using DaprMoE.Text.Jinja.Evaluation;

namespace DaprMoE.Text.Jinja.Formatting;

/// <summary>What stands between <c>%</c> or <c>:</c> and the letter of a format.</summary>
internal sealed record NumberSpec(char Type, char Sign, bool Alternate, char Grouping, int Precision)
{
    /// <summary>The digits of an integer with its sign.</summary>
    public string Write(BigInteger number)
    {
        BigInteger magnitude = BigInteger.Abs(number);
        (string prefix, string digits) = Type switch
        {
            'x' => ("0x", Hexadecimal(magnitude)),
            'X' => ("0X", Hexadecimal(magnitude).ToUpperInvariant()),
            'o' => ("0o", InRadix(magnitude, 3)),
            'b' => ("0b", InRadix(magnitude, 1)),
            _ => ("", magnitude.ToString(CultureInfo.InvariantCulture)),
        };
        digits = Precision >= 0 ? digits.PadLeft(Math.Min(Precision, 10_000), '0') : digits;
        return SignOf(number.Sign < 0) + (Alternate ? prefix : "") + Grouped(digits);
    }

    /// <summary>The digits of a float with its sign.</summary>
    public string Write(double number, Meter meter)
    {
        bool negative = double.IsNegative(number) && !double.IsNaN(number);
        if (FloatText.NotFinite(Math.Abs(number)) is { } name)
        {
            return SignOf(negative) + (char.IsUpper(Type) ? name.ToUpperInvariant() : name) + (Type == '%' ? "%" : "");
        }

        int precision = Precision < 0 ? 6 : Precision;
        meter.Text(precision);
        if (precision > 1000)
        {
            throw new JinjaException($"a precision of {precision} is more than the limit of 1000");
        }

        return SignOf(negative) + Grouped(Digits(Math.Abs(number), precision));
    }

    private string Digits(double number, int precision) => char.ToLowerInvariant(Type) switch
    {
        'f' => FloatText.Fixed(number, precision),
        '%' => FloatText.Fixed(number * 100, precision) + "%",
        'e' => Exponential(number, precision),
        'g' => General(number, Math.Max(precision, 1)),
        _ => Precision < 0 ? FloatText.Repr(number) : General(number, Math.Max(precision, 1)),
    };

    private string SignOf(bool negative) => negative ? "-" : Sign is '+' or ' ' ? Sign.ToString() : "";

    private string Exponential(double number, int precision)
    {
        string text = number.ToString("E" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int mark = text.IndexOf('E');
        int exponent = int.Parse(text[(mark + 1)..], CultureInfo.InvariantCulture);
        string power = Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
        return $"{text[..mark]}{(char.IsUpper(Type) ? 'E' : 'e')}{(exponent < 0 ? '-' : '+')}{power}";
    }

    private string General(double number, int digits)
    {
        string exponential = Exponential(number, digits - 1);
        int mark = exponential.IndexOfAny(['e', 'E']);
        int exponent = int.Parse(exponential[(mark + 1)..], CultureInfo.InvariantCulture);
        bool isPlain = exponent >= -4 && exponent < digits;
        string mantissa = isPlain ? FloatText.Fixed(number, digits - 1 - exponent) : exponential[..mark];
        mantissa = !Alternate && mantissa.Contains('.') ? mantissa.TrimEnd('0').TrimEnd('.') : mantissa;
        return isPlain ? mantissa : mantissa + exponential[mark..];
    }

    private string Grouped(string digits)
    {
        if (Grouping == '\0')
        {
            return digits;
        }

        int size = Type is 'x' or 'X' or 'o' or 'b' ? 4 : 3;
        int whole = digits.TakeWhile(char.IsAsciiHexDigit).Count();
        for (int at = whole - size; at > 0; at -= size)
        {
            digits = digits.Insert(at, Grouping.ToString());
        }

        return digits;
    }

    private static string Hexadecimal(BigInteger number) =>
        number.IsZero ? "0" : number.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');

    private static string InRadix(BigInteger number, int bitsPerDigit)
    {
        List<char> digits = [];
        for (; !number.IsZero; number >>= bitsPerDigit)
        {
            digits.Add((char)('0' + (int)(number & ((1 << bitsPerDigit) - 1))));
        }

        digits.Reverse();
        return digits.Count == 0 ? "0" : string.Concat(digits);
    }
}
