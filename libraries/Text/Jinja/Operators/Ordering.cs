using System.Numerics;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Operators;

/// <summary>Python's <c>&lt;</c> and its kin.</summary>
internal sealed class Ordering(Meter meter)
{
    private readonly ValueEquality _equality = new(meter);

    public bool Holds(string symbol, Value left, Value right)
    {
        int? order = Compare(symbol, left, right);
        return symbol switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    public bool IsLess(Value left, Value right) => Holds("<", left, right);

    /// <summary>Negative, zero or positive; null when one is not a number.</summary>
    private int? Compare(string symbol, Value left, Value right)
    {
        meter.Step();
        return (left, right) switch
        {
            (UndefinedValue undefined, _) => throw undefined.Error(),
            (_, UndefinedValue undefined) => throw undefined.Error(),
            (StringValue a, StringValue b) => CompareText(a.Text, b.Text),
            (SequenceValue a, SequenceValue b) when a.GetType() == b.GetType() => CompareItems(symbol, a.Items, b.Items),
            _ => CompareNumbers(symbol, left, right),
        };
    }

    private static int? CompareNumbers(string symbol, Value left, Value right)
    {
        bool leftWhole = Numbers.TryInteger(left, out BigInteger leftInteger);
        bool rightWhole = Numbers.TryInteger(right, out BigInteger rightInteger);
        return (left, right) switch
        {
            _ when leftWhole && rightWhole => leftInteger.CompareTo(rightInteger),
            (FloatValue a, FloatValue b) => double.IsNaN(a.Number) || double.IsNaN(b.Number) ? null : a.Number.CompareTo(b.Number),
            (FloatValue a, _) when rightWhole => -Numbers.Compare(rightInteger, a.Number),
            (_, FloatValue b) when leftWhole => Numbers.Compare(leftInteger, b.Number),
            _ => throw new JinjaException(
                $"'{symbol}' not supported between instances of '{left.TypeName}' and '{right.TypeName}'"),
        };
    }

    // By code points: a surrogate pair is above every other UTF-16 unit.
    private int CompareText(string left, string right)
    {
        int common = left.AsSpan().CommonPrefixLength(right);
        meter.Scan(common);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        char a = left[common];
        char b = right[common];
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a).CompareTo(char.IsSurrogate(b));
    }

    private int? CompareItems(string symbol, IReadOnlyList<Value> left, IReadOnlyList<Value> right)
    {
        meter.Enter();
        int? order = left.Count.CompareTo(right.Count);
        for (int i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            if (!_equality.Equals(left[i], right[i]))
            {
                order = Compare(symbol, left[i], right[i]);
                break;
            }
        }

        meter.Leave();
        return order;
    }
}
