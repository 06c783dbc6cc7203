using System.Numerics;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;

namespace DaprMoE.Text.Jinja.Values;

/// <summary>A list or a tuple. Templates can't change one.</summary>
internal abstract class SequenceValue(IReadOnlyList<Value> items) : Value
{
    public IReadOnlyList<Value> Items { get; } = items;

    public override int? Length => Items.Count;

    public override IEnumerable<Value> Iterate() => Items;

    public override Value? Item(Value key, Meter meter)
    {
        if (!Numbers.TryInteger(key, out BigInteger index))
        {
            return null;
        }

        index = index.Sign < 0 ? index + Items.Count : index;
        return index.Sign < 0 || index >= Items.Count ? null : Items[(int)index];
    }

    public override Value Slice(SliceBounds bounds, Meter meter)
    {
        (int start, int step, int count) = bounds.Resolve(Items.Count);
        meter.Items(count);
        Value[] chosen = new Value[count];
        for (int i = 0; i < count; i++)
        {
            chosen[i] = Items[start + (i * step)];
        }

        return With(chosen);
    }

    /// <summary>A sequence of the same type with other items.</summary>
    public abstract SequenceValue With(IReadOnlyList<Value> items);

    protected void WriteItems(ValueWriter writer, string open, string close)
    {
        writer.Write(open);
        for (int i = 0; i < Items.Count; i++)
        {
            writer.Write(i == 0 ? "" : ", ");
            writer.WriteRepr(Items[i]);
        }

        writer.Write(close);
    }
}
