using System.Globalization;
using System.Numerics;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>An arithmetic progression of <paramref name="count"/> numbers.</summary>
internal sealed class RangeValue(BigInteger start, BigInteger stop, BigInteger step, int count) : Value
{
    public override string TypeName => "range";

    public override int? Length => count;

    public override IEnumerable<Value> Iterate()
    {
        for (int i = 0; i < count; i++)
        {
            yield return IntValue.Of(start + (i * step));
        }
    }

    public override Value? Item(Value key, Meter meter)
    {
        if (!Numbers.TryInteger(key, out BigInteger index))
        {
            return null;
        }

        index = index.Sign < 0 ? index + count : index;
        return index.Sign < 0 || index >= count ? null : IntValue.Of(start + (index * step));
    }

    public override Value Slice(SliceBounds bounds, Meter meter)
    {
        (int first, int distance, int chosen) = bounds.Resolve(count);
        BigInteger from = start + (first * step);
        BigInteger stride = step * distance;
        return new RangeValue(from, from + (stride * chosen), stride, chosen);
    }

    /// <summary>True when both have the same numbers: two of them tell the others.</summary>
    public bool SameAs(RangeValue other) => Length == other.Length && FirstTwo().SequenceEqual(other.FirstTwo());

    public override void WriteRepr(ValueWriter writer)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"range({start}, {stop}");
        writer.Write(step.IsOne ? text + ")" : string.Create(CultureInfo.InvariantCulture, $"{text}, {step})"));
    }

    private IEnumerable<BigInteger> FirstTwo() => Enumerable.Range(0, Math.Min(count, 2)).Select(i => start + (i * step));
}
