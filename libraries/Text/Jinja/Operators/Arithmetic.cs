using System.Numerics;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Operators;

/// <summary>The operators <c>+ - * / // % **</c> and the signs.</summary>
internal static class Arithmetic
{
    public static Value Apply(string symbol, Value left, Value right, Interpreter interpreter)
    {
        RefuseUndefined(left);
        if (symbol != "%" || left is not StringValue)
        {
            RefuseUndefined(right);
        }

        Value? result = symbol switch
        {
            "+" => Sequences.Join(left, right, interpreter),
            "*" => Sequences.Repeat(left, right, interpreter.Meter),
            "%" when left is StringValue format => PrintfFormat.Format(format, right, interpreter),
            _ => null,
        };
        return result ?? OfNumbers(symbol, left, right) ?? throw Unsupported(symbol, left, right);
    }

    public static Value Negate(Value value)
    {
        RefuseUndefined(value);
        return value switch
        {
            FloatValue real => new FloatValue(-real.Number),
            _ when Numbers.TryInteger(value, out BigInteger number) => IntValue.Of(-number),
            _ => throw new JinjaException($"bad operand type for unary -: '{value.TypeName}'"),
        };
    }

    public static Value Keep(Value value)
    {
        RefuseUndefined(value);
        return value switch
        {
            FloatValue => value,
            _ when Numbers.TryInteger(value, out BigInteger number) => IntValue.Of(number),
            _ => throw new JinjaException($"bad operand type for unary +: '{value.TypeName}'"),
        };
    }

    private static Value? OfNumbers(string symbol, Value left, Value right)
    {
        if (Numbers.TryInteger(left, out BigInteger a) && Numbers.TryInteger(right, out BigInteger b))
        {
            return OfIntegers(symbol, a, b);
        }

        return Numbers.TryFloat(left, out double x) && Numbers.TryFloat(right, out double y) ? OfFloats(symbol, x, y) : null;
    }

    private static Value OfIntegers(string symbol, BigInteger a, BigInteger b)
    {
        if (b.IsZero && (symbol is "/" or "//" or "%"))
        {
            throw new JinjaException("division by zero");
        }

        return symbol switch
        {
            "+" => IntValue.Of(a + b),
            "-" => IntValue.Of(a - b),
            "*" => IntValue.Of(a * b),
            "/" => new FloatValue(Quotient(a, b)),
            "//" => IntValue.Of(FloorDivide(a, b)),
            "%" => IntValue.Of(a - (FloorDivide(a, b) * b)),
            _ => Power(a, b),
        };
    }

    private static FloatValue OfFloats(string symbol, double x, double y)
    {
        if (y == 0 && (symbol is "/" or "//" or "%"))
        {
            throw new JinjaException("float division by zero");
        }

        return new FloatValue(symbol switch
        {
            "+" => x + y,
            "-" => x - y,
            "*" => x * y,
            "/" => x / y,
            "//" => FloorDivide(x, y),
            "%" => Modulo(x, y),
            _ => Power(x, y),
        });
    }

    private static double Modulo(double x, double y)
    {
        double rest = x % y;
        return rest == 0 ? Math.CopySign(0, y)
            : rest < 0 != y < 0 ? rest + y
            : rest;
    }

    // The difference is nearly a multiple of y; the nearest whole number is the quotient.
    private static double FloorDivide(double x, double y)
    {
        double quotient = (x - Modulo(x, y)) / y;
        double floor = Math.Floor(quotient);
        return quotient == 0 ? Math.CopySign(0, x / y) : quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static BigInteger FloorDivide(BigInteger a, BigInteger b)
    {
        BigInteger quotient = BigInteger.DivRem(a, b, out BigInteger rest);
        return !rest.IsZero && rest.Sign < 0 != b.Sign < 0 ? quotient - 1 : quotient;
    }

    private static double Quotient(BigInteger a, BigInteger b)
    {
        double quotient = Numbers.ToFloat(a) / Numbers.ToFloat(b);
        return double.IsFinite(quotient) ? quotient : throw new JinjaException("integer division result too large for a float");
    }

    private static Value Power(BigInteger a, BigInteger b)
    {
        if (b.Sign < 0)
        {
            return new FloatValue(Power(Numbers.ToFloat(a), Numbers.ToFloat(b)));
        }

        if (!a.IsZero && !BigInteger.Abs(a).IsOne)
        {
            IntValue.RefuseBits(((double)BigInteger.Abs(a).GetBitLength() - 1) * (double)b);
            return IntValue.Of(BigInteger.Pow(a, (int)b));
        }

        bool isOne = b.IsZero || a.IsOne || (a == BigInteger.MinusOne && b.IsEven);
        return IntValue.Of(isOne ? BigInteger.One : a);
    }

    private static double Power(double x, double y)
    {
        if (x == 0 && y < 0)
        {
            throw new JinjaException("0.0 cannot be raised to a negative power");
        }

        double power = Math.Pow(x, y);
        bool isNew = !double.IsFinite(power) && double.IsFinite(x) && double.IsFinite(y);
        return isNew ? throw new JinjaException("the result of ** is no float") : power;
    }

    private static void RefuseUndefined(Value value)
    {
        if (value is UndefinedValue undefined)
        {
            throw undefined.Error();
        }
    }

    private static JinjaException Unsupported(string symbol, Value left, Value right) =>
        new(symbol == "+" && (left is StringValue or SequenceValue)
            ? $"can only concatenate {left.TypeName} (not \"{right.TypeName}\") to {left.TypeName}"
            : $"unsupported operand type(s) for {symbol}: '{left.TypeName}' and '{right.TypeName}'");
}
