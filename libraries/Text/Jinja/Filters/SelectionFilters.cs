using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Filters;

/// <summary>Filters that apply a filter or a test to each item.</summary>
internal static class SelectionFilters
{
    public static readonly Native[] Entries =
    [
        new("map", "* **", call => new GeneratorValue(Map(call))),
        new("select", "* **", call => new GeneratorValue(Select(call, wanted: true, byAttribute: false))),
        new("reject", "* **", call => new GeneratorValue(Select(call, wanted: false, byAttribute: false))),
        new("selectattr", "* **", call => new GeneratorValue(Select(call, wanted: true, byAttribute: true))),
        new("rejectattr", "* **", call => new GeneratorValue(Select(call, wanted: false, byAttribute: true))),
    ];

    private static IEnumerable<Value> Map(NativeCall call)
    {
        if (!call.Subject.IsTrue)
        {
            yield break;
        }

        Func<Value, Value> map = Mapping(call);
        foreach (Value item in call.SubjectItems())
        {
            yield return map(item);
        }
    }

    private static Func<Value, Value> Mapping(NativeCall call)
    {
        Arguments given = call.Further;
        if (given.Positional.Count > 0)
        {
            string filter = NameOf(given.Positional[0], "filter");
            Arguments rest = given with { Positional = [.. given.Positional.Skip(1)] };
            return item => call.Interpreter.CallFilter(filter, item, rest);
        }

        Dictionary<string, Value> named = given.Named.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        if (!named.Remove("attribute", out Value? attribute))
        {
            throw new JinjaException("map() needs the name of a filter or the argument 'attribute'");
        }

        named.Remove("default", out Value? absent);
        return named.Count == 0
            ? AttributePath.Getter(call, attribute, absent)
            : throw new JinjaException($"map() has no argument '{named.Keys.First()}'");
    }

    private static IEnumerable<Value> Select(NativeCall call, bool wanted, bool byAttribute)
    {
        if (!call.Subject.IsTrue)
        {
            yield break;
        }

        Func<Value, bool> test = Testing(call, byAttribute);
        foreach (Value item in call.SubjectItems())
        {
            if (test(item) == wanted)
            {
                yield return item;
            }
        }
    }

    private static Func<Value, bool> Testing(NativeCall call, bool byAttribute)
    {
        Arguments given = call.Further;
        if (byAttribute && given.Positional.Count == 0)
        {
            throw new JinjaException($"{call.Name}() needs the name of an attribute");
        }

        Func<Value, Value> getter = AttributePath.Getter(call, byAttribute ? given.Positional[0] : null);
        int used = byAttribute ? 1 : 0;
        if (given.Positional.Count == used)
        {
            return item => getter(item).IsTrue;
        }

        string test = NameOf(given.Positional[used], "test");
        Arguments rest = given with { Positional = [.. given.Positional.Skip(used + 1)] };
        return item => call.Interpreter.CallTest(test, getter(item), rest);
    }

    private static string NameOf(Value value, string kind) =>
        value is StringValue name ? name.Text : throw new JinjaException($"the name of a {kind} must be text, not '{value.TypeName}'");
}
