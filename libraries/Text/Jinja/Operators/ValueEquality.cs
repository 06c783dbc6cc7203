using System.Numerics;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Operators;

/// <summary>Python's equality and hash; each comparison is metered, since shared items can make a small value look large.</summary>
internal sealed class ValueEquality(Meter meter) : IEqualityComparer<Value>
{
    public static bool IsHashable(Value value) =>
        value is TupleValue tuple ? tuple.Items.All(IsScalarKey) : IsScalarKey(value);

    public bool Equals(Value? x, Value? y)
    {
        meter.Step();
        if (ReferenceEquals(x, y))
        {
            return x is not FloatValue { Number: double.NaN };
        }

        return (x, y) switch
        {
            (StringValue left, StringValue right) => SameText(left.Text, right.Text),
            (SequenceValue left, SequenceValue right) => left.GetType() == right.GetType() && SameItems(left.Items, right.Items),
            (DictValue left, DictValue right) => SameEntries(left, right),
            (UndefinedValue, UndefinedValue) => true,
            (RangeValue left, RangeValue right) => left.SameAs(right),
            _ => SameNumber(x!, y!),
        };
    }

    public int GetHashCode(Value value)
    {
        meter.Step();
        return value switch
        {
            StringValue text => HashOf(text.Text),
            FloatValue real => HashOf(real.Number),
            TupleValue tuple when IsHashable(tuple) => HashOf(tuple),
            _ when !IsHashable(value) => throw new JinjaException($"unhashable type: '{value.TypeName}'"),
            _ when Numbers.TryInteger(value, out BigInteger number) => number.GetHashCode(),
            _ => value.TypeName.GetHashCode(StringComparison.Ordinal),
        };
    }

    // Tuples inside tuples are no keys: hashing them would take time that grows with each level.
    private static bool IsScalarKey(Value value) => value is not (SequenceValue or DictValue or DictView);

    private static bool SameNumber(Value left, Value right)
    {
        bool leftWhole = Numbers.TryInteger(left, out BigInteger leftInteger);
        bool rightWhole = Numbers.TryInteger(right, out BigInteger rightInteger);
        return (left, right) switch
        {
            _ when leftWhole && rightWhole => leftInteger == rightInteger,
            (FloatValue a, FloatValue b) => a.Number == b.Number,
            (FloatValue a, _) when rightWhole => Numbers.Compare(rightInteger, a.Number) == 0,
            (_, FloatValue b) when leftWhole => Numbers.Compare(leftInteger, b.Number) == 0,
            _ => false,
        };
    }

    private bool SameText(string left, string right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        meter.Scan(left.Length);
        return string.Equals(left, right, StringComparison.Ordinal);
    }

    private bool SameItems(IReadOnlyList<Value> left, IReadOnlyList<Value> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        meter.Enter();
        bool same = true;
        for (int i = 0; same && i < left.Count; i++)
        {
            same = Equals(left[i], right[i]);
        }

        meter.Leave();
        return same;
    }

    private bool SameEntries(DictValue left, DictValue right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        meter.Enter();
        bool same = left.Entries.All(entry => right.Find(entry.Key) is { } other && Equals(entry.Value, other));
        meter.Leave();
        return same;
    }

    // A whole float is the same key as the integer.
    private static int HashOf(double number) =>
        double.IsInteger(number) ? new BigInteger(number).GetHashCode() : number.GetHashCode();

    private int HashOf(string text)
    {
        meter.Scan(text.Length);
        return text.GetHashCode(StringComparison.Ordinal);
    }

    private int HashOf(TupleValue tuple)
    {
        HashCode hash = new();
        foreach (Value item in tuple.Items)
        {
            hash.Add(GetHashCode(item));
        }

        return hash.ToHashCode();
    }
}
