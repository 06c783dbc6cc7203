using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Operators;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Filters;

/// <summary>Filters that compare items: case counts only with <c>case_sensitive</c>.</summary>
internal static class SortingFilters
{
    public static readonly Native[] Entries =
    [
        new("sort", "reverse? case_sensitive? attribute?", Sort),
        new("dictsort", "case_sensitive? by? reverse?", SortDict),
        new("unique", "case_sensitive? attribute?", call => new GeneratorValue(Unique(call))),
        new("min", "case_sensitive? attribute?", call => Extreme(call, call.Interpreter.Ordering.IsLess)),
        new("max", "case_sensitive? attribute?", call => Extreme(call, (one, best) => call.Interpreter.Ordering.IsLess(best, one))),
        new("groupby", "attribute default? case_sensitive?", GroupBy),
    ];

    private static ListValue Sort(NativeCall call)
    {
        Func<Value, Value> key = AttributePath.SortKey(call, call[2], call.Flag(1));
        IReadOnlyList<Value> items = call.Interpreter.ListOf(call.Subject);
        call.Meter.Items(items.Count);
        return new ListValue(StableSort.Sort(items, key, call.Interpreter.Ordering, call.Flag(0)));
    }

    private static ListValue SortDict(NativeCall call)
    {
        if (call.Subject is not DictValue dict)
        {
            throw new JinjaException($"dictsort() needs a dict, not '{call.Subject.TypeName}'");
        }

        int place = call.Text(1, "key") switch
        {
            "key" => 0,
            "value" => 1,
            var other => throw new JinjaException($"dictsort() sorts by 'key' or 'value', not by '{other}'"),
        };
        call.Meter.Items(dict.Entries.Count);
        IReadOnlyList<Value> pairs = [.. dict.Entries.Select(Methods.DictMethods.Pair)];
        bool caseSensitive = call.Flag(0);
        Value Key(Value pair) => AttributePath.Fold(((TupleValue)pair).Items[place], caseSensitive);
        return new ListValue(StableSort.Sort(pairs, Key, call.Interpreter.Ordering, call.Flag(2)));
    }

    private static IEnumerable<Value> Unique(NativeCall call)
    {
        Func<Value, Value> getter = AttributePath.Getter(call, call[1]);
        HashSet<Value> seen = new(call.Interpreter.Equality);
        foreach (Value item in call.SubjectItems())
        {
            call.Meter.Items(1);
            if (seen.Add(AttributePath.Fold(getter(item), call.Flag(0))))
            {
                yield return item;
            }
        }
    }

    private static Value Extreme(NativeCall call, Func<Value, Value, bool> isBetter)
    {
        Func<Value, Value> getter = AttributePath.Getter(call, call[1]);
        Value? best = null;
        Value? bestKey = null;
        foreach (Value item in call.SubjectItems())
        {
            Value key = AttributePath.Fold(getter(item), call.Flag(0));
            if (bestKey is null || isBetter(key, bestKey))
            {
                (best, bestKey) = (item, key);
            }
        }

        return best ?? new UndefinedValue("there is no aggregated item: the sequence is empty");
    }

    private static ListValue GroupBy(NativeCall call)
    {
        Func<Value, Value> getter = AttributePath.Getter(call, call[0], call[1]);
        Value Key(Value item) => AttributePath.Fold(getter(item), call.Flag(2));
        IReadOnlyList<Value> items = call.Interpreter.ListOf(call.Subject);
        call.Meter.Items(2L * items.Count);
        List<List<Value>> groups = [];
        Value? last = null;
        foreach (Value item in StableSort.Sort(items, Key, call.Interpreter.Ordering, reverse: false))
        {
            Value key = Key(item);
            if (last is null || !call.Interpreter.Equality.Equals(last, key))
            {
                groups.Add([]);
            }

            groups[^1].Add(item);
            last = key;
        }

        return new ListValue([.. groups.Select(group => new TupleValue([getter(group[0]), new ListValue(group)], ["grouper", "list"]))]);
    }
}
