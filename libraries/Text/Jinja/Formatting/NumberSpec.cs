using System.Globalization;
using System.Numerics;
using System.Text;
using DaprMoE.Text.Jinja.Evaluation;

namespace DaprMoE.Text.Jinja.Formatting;

/// <summary>What stands between <c>%</c> or <c>:</c> and the letter of a format.</summary>
internal sealed record NumberSpec(char Type, char Sign, bool Alternate, char Grouping, int Precision)
{
    /// <summary>Width up to which zeros before the digits are grouped with them.</summary>
    public int GroupedWidth { get; init; }

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
        string start = SignOf(number.Sign < 0) + (Alternate ? prefix : "");
        return start + Grouped(digits, start.Length);
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

        string sign = SignOf(negative);
        return sign + Grouped(Digits(Math.Abs(number), precision), sign.Length);
    }

    private string Digits(double number, int precision) => char.ToLowerInvariant(Type) switch
    {
        'f' => Pointed(FloatText.Fixed(number, precision)),
        '%' => Pointed(FloatText.Fixed(number * 100, precision)) + "%",
        'e' => Exponential(number, precision),
        'g' or 'n' => General(number, Math.Max(precision, 1), plainBelow: Math.Max(precision, 1)),
        _ when Precision < 0 => FloatText.Repr(number),
        _ => WithFraction(General(number, Math.Max(precision, 1), plainBelow: Math.Max(precision, 1) - 1)),
    };

    private string SignOf(bool negative) => negative ? "-" : Sign is '+' or ' ' ? Sign.ToString() : "";

    /// <summary>The alternate form keeps the point of a number without decimals.</summary>
    private string Pointed(string digits) => Alternate && !digits.Contains('.') ? digits + "." : digits;

    private static string WithFraction(string digits) => digits.All(char.IsAsciiDigit) ? digits + ".0" : digits;

    private string Exponential(double number, int precision)
    {
        (string digits, int exponent) = FloatText.Significant(number, precision + 1);
        string mantissa = precision > 0 ? $"{digits[0]}.{digits[1..]}" : Pointed(digits);
        string power = Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
        return $"{mantissa}{(char.IsUpper(Type) ? 'E' : 'e')}{(exponent < 0 ? '-' : '+')}{power}";
    }

    private string General(double number, int digits, int plainBelow)
    {
        string exponential = Exponential(number, digits - 1);
        int mark = exponential.IndexOfAny(['e', 'E']);
        int exponent = FloatText.Significant(number, digits).Exponent;
        bool isPlain = exponent >= -4 && exponent < plainBelow;
        string mantissa = isPlain ? Pointed(FloatText.Fixed(number, digits - 1 - exponent)) : exponential[..mark];
        mantissa = !Alternate && mantissa.Contains('.') ? mantissa.TrimEnd('0').TrimEnd('.') : mantissa;
        return isPlain ? mantissa : mantissa + exponential[mark..];
    }

    private string Grouped(string digits, int startLength)
    {
        if (Grouping == '\0')
        {
            return digits;
        }

        int size = Type is 'x' or 'X' or 'o' or 'b' ? 4 : 3;
        int whole = size == 4 ? digits.Length : digits.TakeWhile(char.IsAsciiDigit).Count();
        string rest = digits[whole..];
        int width = GroupedWidth - startLength - rest.Length;
        int padded = whole;
        while (padded + ((padded - 1) / size) < width)
        {
            padded++;
        }

        StringBuilder grouped = new(digits[..whole].PadLeft(padded, '0'));
        for (int at = padded - size; at > 0; at -= size)
        {
            grouped.Insert(at, Grouping);
        }

        return grouped.Append(rest).ToString();
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
