using System.Globalization;
using System.Numerics;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>Python's numbers: a bool is an integer, too.</summary>
internal static class Numbers
{
    public static bool TryInteger(Value value, out BigInteger number)
    {
        (bool found, number) = value switch
        {
            IntValue integer => (true, integer.Number),
            BoolValue truth => (true, truth.IsTrue ? BigInteger.One : BigInteger.Zero),
            _ => (false, BigInteger.Zero),
        };
        return found;
    }

    public static bool TryFloat(Value value, out double number)
    {
        if (value is FloatValue real)
        {
            number = real.Number;
            return true;
        }

        bool isInteger = TryInteger(value, out BigInteger integer);
        number = ToFloat(integer);
        return isInteger;
    }

    /// <summary>The nearest float; .NET's own conversion cuts the digits of large integers off.</summary>
    public static double ToFloat(BigInteger integer)
    {
        if (integer >= long.MinValue && integer <= long.MaxValue)
        {
            return (long)integer;
        }

        double nearest = double.Parse(integer.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return double.IsFinite(nearest) ? nearest : throw new JinjaException("an integer is too large for a float");
    }

    /// <summary>Compares an integer with a float without rounding either; null when the float is not a number.</summary>
    public static int? Compare(BigInteger left, double right)
    {
        if (double.IsNaN(right))
        {
            return null;
        }

        if (double.IsInfinity(right))
        {
            return right > 0 ? -1 : 1;
        }

        double whole = Math.Truncate(right);
        int order = left.CompareTo(new BigInteger(whole));
        return order != 0 ? order : 0.0.CompareTo(right - whole);
    }
}
