using System.Numerics;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Methods;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Filters;

/// <summary>The argument <c>attribute</c> of many filters: <c>"a.b.0"</c> leads into each item.</summary>
internal static class AttributePath
{
    /// <summary>A function from an item to what its path leads to; without a path, to the item itself.</summary>
    public static Func<Value, Value> Getter(NativeCall call, Value? path, Value? absent = null)
    {
        Value[] steps = Steps(path);
        return item =>
        {
            foreach (Value step in steps)
            {
                item = Access.Item(item, step, call.Meter);
                item = item is UndefinedValue && absent is not null and not NoneValue ? absent : item;
            }

            return item;
        };
    }

    /// <summary>A getter for sorting: several paths with commas give a list of keys, and case counts only if asked for.</summary>
    public static Func<Value, Value> SortKey(NativeCall call, Value? path, bool caseSensitive)
    {
        Value[] paths = path is StringValue text
            ? [.. text.Text.Split(',').Select(part => new StringValue(part))]
            : [path ?? NoneValue.Instance];
        Func<Value, Value>[] getters = [.. paths.Select(one => Getter(call, one))];

        // A list even of one key: lists compare only the first items that differ, so that equal keys need no order.
        return item => new ListValue([.. getters.Select(getter => Fold(getter(item), caseSensitive))]);
    }

    public static Value Fold(Value key, bool caseSensitive) =>
        key is StringValue text && !caseSensitive ? new StringValue(LetterCase.Lower(text.Text)) : key;

    private static Value[] Steps(Value? path) => path switch
    {
        null or NoneValue => [],
        StringValue text => [.. text.Text.Split('.').Select(Step)],
        _ => [path],
    };

    private static Value Step(string part) =>
        part.Length is > 0 and < 10 && part.All(char.IsAsciiDigit)
            ? IntValue.Of(BigInteger.Parse(part, System.Globalization.CultureInfo.InvariantCulture))
            : new StringValue(part);
}
