using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Operators;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Filters;

/// <summary>Filters over the items of a sequence.</summary>
internal static class SequenceFilters
{
    public static readonly Native[] Entries =
    [
        new("list", "", call => new ListValue(call.Interpreter.ListOf(call.Subject))),
        new("first", "", call => call.SubjectItems().FirstOrDefault(Nothing("first"))),
        new("last", "", Last),
        new("length", "", Length),
        new("count", "", Length),
        new("join", "d? attribute?", Join),
        new("sum", "attribute? start?", Sum),
        new("reverse", "", Reverse),
        new("batch", "linecount fill_with?", call => new GeneratorValue(Batch(call))),
        new("slice", "slices fill_with?", call => new GeneratorValue(Slice(call))),
        new("random", "", Random),
        new("items", "", Items),
    ];

    private static UndefinedValue Nothing(string which) => new($"there is no {which} item: the sequence is empty");

    private static Value Last(NativeCall call)
    {
        if (call.Subject is GeneratorValue)
        {
            throw new JinjaException("'generator' object is not reversible");
        }

        return call.Subject.Length is { } length && call.Subject is SequenceValue or StringValue or RangeValue
            ? call.Subject.Item(IntValue.Of(length - 1), call.Meter) ?? Nothing("last")
            : call.SubjectItems().LastOrDefault(Nothing("last"));
    }

    private static IntValue Length(NativeCall call) =>
        IntValue.Of(call.Subject.Length ?? throw new JinjaException($"object of type '{call.Subject.TypeName}' has no len()"));

    private static StringValue Join(NativeCall call)
    {
        StringValue separator = call[0] as StringValue ?? new StringValue(call[0] is null ? "" : call.Interpreter.TextOf(call.Required(0)));
        Value[] items = [.. call.SubjectItems().Select(AttributePath.Getter(call, call[1]))];
        call.Meter.Items(items.Length);
        bool isMarkup = call.Interpreter.Autoescapes && (separator.IsMarkup || items.Any(item => item is StringValue { IsMarkup: true }));
        TextBuilder text = new(call.Meter);
        for (int i = 0; i < items.Length; i++)
        {
            Value[] pieces = i == 0 ? [items[i]] : [separator, items[i]];
            foreach (Value piece in pieces)
            {
                text.Append(isMarkup ? Html.Escape(piece, call.Interpreter).Text : call.Interpreter.TextOf(piece));
            }
        }

        return new StringValue(text.Finish(), isMarkup);
    }

    private static Value Sum(NativeCall call)
    {
        Value total = call[1] ?? IntValue.Of(0);
        if (total is StringValue)
        {
            throw new JinjaException("sum() can't sum strings; use join");
        }

        foreach (Value item in call.SubjectItems().Select(AttributePath.Getter(call, call[0])))
        {
            total = Arithmetic.Apply("+", total, item, call.Interpreter);
        }

        return total;
    }

    private static Value Reverse(NativeCall call)
    {
        if (call.Subject is StringValue text)
        {
            return text.Slice(new SliceBounds(null, null, -1), call.Meter);
        }

        IReadOnlyList<Value> items = call.Interpreter.ListOf(call.Subject);
        return new GeneratorValue(items.Reverse());
    }

    private static IEnumerable<Value> Batch(NativeCall call)
    {
        int size = call.Size(0);
        List<Value> batch = [];
        foreach (Value item in call.SubjectItems())
        {
            if (batch.Count == size)
            {
                yield return new ListValue(batch);
                batch = [];
            }

            call.Meter.Items(1);
            batch.Add(item);
        }

        if (batch.Count > 0)
        {
            int missing = call.Has(1) ? Math.Max(0, size - batch.Count) : 0;
            call.Meter.Items(missing);
            yield return new ListValue([.. batch, .. Enumerable.Repeat(call[1]!, missing)]);
        }
    }

    private static IEnumerable<Value> Slice(NativeCall call)
    {
        IReadOnlyList<Value> items = call.Interpreter.ListOf(call.Subject);
        int slices = call.Size(0);
        if (slices == 0)
        {
            throw new JinjaException("slice() needs at least one slice");
        }

        call.Meter.Items(slices);
        int start = 0;
        for (int i = 0; i < slices; i++)
        {
            int size = (items.Count / slices) + (i < items.Count % slices ? 1 : 0);
            call.Meter.Items(size + 1);
            IEnumerable<Value> slice = items.Skip(start).Take(size);
            start += size;
            yield return new ListValue([.. call.Has(1) && i >= items.Count % slices ? slice.Append(call[1]!) : slice]);
        }
    }

    private static Value Random(NativeCall call)
    {
        int length = call.Subject.Length ?? throw new JinjaException($"object of type '{call.Subject.TypeName}' has no len()");
        return length == 0
            ? Nothing("random")
            : call.Subject.Item(IntValue.Of(call.Interpreter.Random.Next(length)), call.Meter) ?? Nothing("random");
    }

    private static GeneratorValue Items(NativeCall call) => call.Subject switch
    {
        UndefinedValue => new GeneratorValue([]),
        DictValue dict => new GeneratorValue(dict.Entries.Select(Methods.DictMethods.Pair)),
        _ => throw new JinjaException("items() can only get the pairs of a mapping"),
    };
}
