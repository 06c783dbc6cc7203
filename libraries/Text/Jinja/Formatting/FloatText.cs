using System.Globalization;
using System.Numerics;

namespace DaprMoE.Text.Jinja.Formatting;

/// <summary>Floats as Python writes them.</summary>
internal static class FloatText
{
    private const int MantissaBits = 52;

    /// <summary>The shortest text that reads back as the same float.</summary>
    public static string Repr(double number) => NotFinite(number) ?? Shortest(number);

    /// <summary>A name for what has no digits; null for a finite number.</summary>
    public static string? NotFinite(double number) => number switch
    {
        double.NaN => "nan",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ => null,
    };

    /// <summary>The exact number rounded half-even to a count of decimals, in plain digits.</summary>
    public static string Fixed(double number, int decimals)
    {
        BigInteger scaled = Round(Math.Abs(number), decimals);
        string digits = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(Math.Max(decimals, 0) + 1, '0');
        string whole = decimals > 0 ? $"{digits[..^decimals]}.{digits[^decimals..]}" : digits + new string('0', -decimals);
        return double.IsNegative(number) ? "-" + whole : whole;
    }

    /// <summary>The exact number rounded half-even to a count of significant digits, and the exponent of the first of them.</summary>
    public static (string Digits, int Exponent) Significant(double number, int count)
    {
        if (number == 0)
        {
            return (new string('0', count), 0);
        }

        string scientific = number.ToString("E16", CultureInfo.InvariantCulture);
        int exponent = int.Parse(scientific[(scientific.IndexOf('E') + 1)..], CultureInfo.InvariantCulture);
        string digits = Round(number, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
        if (digits.Length < count)
        {
            digits = Round(number, count - exponent).ToString(CultureInfo.InvariantCulture);
            exponent--;
        }

        return digits.Length == count ? (digits, exponent) : (digits[..count], exponent + 1);
    }

    /// <summary>number * 10^decimals, rounded half-even without any error of binary fractions.</summary>
    public static BigInteger Round(double number, int decimals)
    {
        long bits = BitConverter.DoubleToInt64Bits(number);
        int exponent = (int)((bits >> MantissaBits) & 0x7ff);
        BigInteger mantissa = bits & ((1L << MantissaBits) - 1);
        mantissa = exponent == 0 ? mantissa : mantissa + (1L << MantissaBits);
        int shift = Math.Max(exponent, 1) - 1075;
        BigInteger numerator = mantissa * BigInteger.Pow(10, Math.Max(decimals, 0)) * BigInteger.Pow(2, Math.Max(shift, 0));
        BigInteger denominator = BigInteger.Pow(10, Math.Max(-decimals, 0)) * BigInteger.Pow(2, Math.Max(-shift, 0));
        return DivideHalfEven(number < 0 ? -numerator : numerator, denominator);
    }

    public static BigInteger DivideHalfEven(BigInteger numerator, BigInteger denominator)
    {
        BigInteger quotient = BigInteger.DivRem(BigInteger.Abs(numerator), denominator, out BigInteger rest);
        int half = (rest * 2).CompareTo(denominator);
        quotient += half > 0 || (half == 0 && !quotient.IsEven) ? 1 : 0;
        return numerator.Sign < 0 ? -quotient : quotient;
    }

    private static string Shortest(double number)
    {
        string scientific = number.ToString("E16", CultureInfo.InvariantCulture);
        string shortest = number.ToString("R", CultureInfo.InvariantCulture);
        int exponent = int.Parse(scientific[(scientific.IndexOf('E') + 1)..], CultureInfo.InvariantCulture);
        string sign = double.IsNegative(number) ? "-" : "";
        string digits = Digits(shortest);
        exponent = number == 0 ? 0 : Exponent(shortest, exponent);
        if (exponent is < -4 or >= 16)
        {
            string fraction = digits.Length > 1 ? "." + digits[1..] : "";
            string power = Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
            return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{power}";
        }

        return sign + Plain(digits, exponent);
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        string padded = digits.PadRight(exponent + 2, '0');
        return $"{padded[..(exponent + 1)]}.{padded[(exponent + 1)..]}";
    }

    /// <summary>The significant digits of a number in any notation.</summary>
    private static string Digits(string number)
    {
        string mantissa = number.Split('E')[0].Replace(".", "", StringComparison.Ordinal).TrimStart('-');
        string trimmed = mantissa.TrimStart('0').TrimEnd('0');
        return trimmed.Length == 0 ? "0" : trimmed;
    }

    /// <summary>The decimal exponent of the first significant digit; that of 17 digits may be one too high.</summary>
    private static int Exponent(string number, int ofSeventeenDigits)
    {
        string[] parts = number.TrimStart('-').Split('E');
        if (parts.Length == 2)
        {
            return int.Parse(parts[1], CultureInfo.InvariantCulture);
        }

        int point = parts[0].IndexOf('.');
        int whole = point < 0 ? parts[0].Length : point;
        return parts[0][0] != '0' ? whole - 1 : ofSeventeenDigits;
    }
}
