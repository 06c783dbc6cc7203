using System.Numerics;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Functions;

/// <summary>The functions every template has.</summary>
internal static class GlobalFunctions
{
    public static readonly NativeTable All = new(
        "function",
        [
            new Native("raise_exception", "message", Raise),
            new Native("strftime_now", "format", FormatNow),
            new Native("range", "start stop? step?", Range),
            new Native("dict", "mapping? **", Dict),
            new Native("namespace", "mapping? **", call => new NamespaceValue(Dict(call))),
            new Native("cycler", "*", Cycler),
            new Native("joiner", "separator?", call => new JoinerValue(call[0] ?? new StringValue(", "))),
            new Native("lipsum", "n? html? min? max?", _ => throw new JinjaException("lipsum() is not offered: it makes filler text")),
        ]);

    private static Value Raise(NativeCall call) =>
        throw new JinjaException(call.Interpreter.TextOf(call.Required(0)), raisedByTemplate: true);

    private static StringValue FormatNow(NativeCall call) =>
        new(TimeFormat.Format(call.Interpreter.Clock.GetLocalNow(), call.Text(0), call.Meter));

    private static RangeValue Range(NativeCall call)
    {
        BigInteger start = call[1] is null ? BigInteger.Zero : call.Integer(0);
        BigInteger stop = call[1] is null ? call.Integer(0) : call.Integer(1);
        BigInteger step = call.Integer(2, BigInteger.One);
        if (step.IsZero)
        {
            throw new JinjaException("range() needs a step other than zero");
        }

        BigInteger distance = step.Sign > 0 ? stop - start : start - stop;
        BigInteger count = distance.Sign <= 0 ? 0 : ((distance - 1) / BigInteger.Abs(step)) + 1;
        int limit = call.Meter.Limits.RangeLength;
        return count > limit
            ? throw new JinjaException($"range() would have more than {limit} numbers")
            : new RangeValue(start, stop, step, (int)count);
    }

    private static DictValue Dict(NativeCall call)
    {
        DictValue dict = new(call.Meter);
        foreach (KeyValuePair<Value, Value> entry in call.Has(0) ? Entries(call, call.Required(0)) : [])
        {
            call.Meter.Items(1);
            dict.Put(entry.Key, entry.Value);
        }

        foreach ((string name, Value value) in call.Further.Named)
        {
            dict.Put(new StringValue(name), value);
        }

        return dict;
    }

    private static IEnumerable<KeyValuePair<Value, Value>> Entries(NativeCall call, Value value) =>
        value is DictValue given ? given.Entries : call.Interpreter.ItemsOf(value).Select(item => Entry(call, item));

    private static KeyValuePair<Value, Value> Entry(NativeCall call, Value item) =>
        call.Interpreter.ListOf(item) is [var key, var value]
            ? KeyValuePair.Create(key, value)
            : throw new JinjaException("dict() needs pairs of a key and a value");

    private static CyclerValue Cycler(NativeCall call) =>
        call.Further.Positional.Count > 0
            ? new CyclerValue(call.Further.Positional)
            : throw new JinjaException("cycler() needs at least one item");
}
