using System.Numerics;
using System.Text;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Operators;

/// <summary><c>+</c>, <c>*</c> and <c>in</c> of text, lists and tuples.</summary>
internal static class Sequences
{
    /// <summary>The two one after the other; null when they aren't sequences of the same type.</summary>
    public static Value? Join(Value left, Value right, Interpreter interpreter)
    {
        if (left is StringValue a && right is StringValue b)
        {
            bool isMarkup = a.IsMarkup || b.IsMarkup;
            string first = isMarkup ? Html.Escape(a, interpreter).Text : a.Text;
            string second = isMarkup ? Html.Escape(b, interpreter).Text : b.Text;
            interpreter.Meter.Text((long)first.Length + second.Length);
            return new StringValue(first + second, isMarkup);
        }

        if (left is not SequenceValue x || right is not SequenceValue y || x.GetType() != y.GetType())
        {
            return null;
        }

        interpreter.Meter.Items((long)x.Items.Count + y.Items.Count);
        return x.With([.. x.Items, .. y.Items]);
    }

    /// <summary>A sequence as many times as the other operand says; null when the operands are others.</summary>
    public static Value? Repeat(Value left, Value right, Meter meter)
    {
        (Value sequence, Value times) = left is StringValue or SequenceValue ? (left, right) : (right, left);
        if (sequence is not (StringValue or SequenceValue) || !Numbers.TryInteger(times, out BigInteger count))
        {
            return null;
        }

        count = BigInteger.Max(count, 0);
        if (sequence is SequenceValue list)
        {
            meter.Items((long)BigInteger.Min(count * list.Items.Count, long.MaxValue / 64));
            return list.With([.. Enumerable.Range(0, list.Items.Count == 0 ? 0 : (int)count).SelectMany(_ => list.Items)]);
        }

        StringValue text = (StringValue)sequence;
        meter.Text((long)BigInteger.Min(count * text.Text.Length, long.MaxValue / 64));
        string repeated = text.Text.Length == 0 ? "" : new StringBuilder().Insert(0, text.Text, (int)count).ToString();
        return new StringValue(repeated, text.IsMarkup);
    }

    /// <summary><c>item in container</c>.</summary>
    public static bool Contains(Value container, Value item, Interpreter interpreter)
    {
        switch (container)
        {
            case StringValue text:
                string sought = item is StringValue part
                    ? part.Text
                    : throw new JinjaException($"'in <string>' requires string as left operand, not {item.TypeName}");
                return TextSearch.IndexOf(text.Text, sought, 0, interpreter.Meter) >= 0;
            case DictValue dict:
                return dict.Find(item) is not null;
            default:
                IEnumerable<Value> items = container.Iterate()
                    ?? throw new JinjaException($"argument of type '{container.TypeName}' is not iterable");
                return items.Any(candidate => interpreter.Equality.Equals(candidate, item));
        }
    }
}
