using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Methods;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Filters;

/// <summary>Filters over any value.</summary>
internal static class ValueFilters
{
    public static readonly Native[] Entries =
    [
        new("default", "default_value? boolean?", Default),
        new("d", "default_value? boolean?", Default),
        new("attr", "name", Attribute),
        new("tojson", "ensure_ascii? indent? separators? sort_keys?", ToJson),
    ];

    private static Value Default(NativeCall call)
    {
        bool isMissing = call.Subject is UndefinedValue || (call.Flag(1) && !call.Subject.IsTrue);
        return isMissing ? call[0] ?? StringValue.Empty : call.Subject;
    }

    private static Value Attribute(NativeCall call)
    {
        string name = call.Text(0);
        bool isHidden = name.StartsWith("__", StringComparison.Ordinal);
        return isHidden || call.Subject.Attribute(name) is not null
            ? Access.Attribute(call.Subject, name, call.Meter)
            : new UndefinedValue($"'{call.Subject.TypeName} object' has no attribute '{name}'");
    }

    private static StringValue ToJson(NativeCall call)
    {
        string? indent = call[1] switch
        {
            null or NoneValue => null,
            StringValue text => text.Text,
            _ => Padding.Spaces(call.Size(1), call.Meter),
        };
        (string items, string keys) = (indent is null ? ", " : ",", ": ");
        if (call.Has(2))
        {
            IReadOnlyList<Value> given = call.Interpreter.ListOf(call.Required(2));
            (items, keys) = given is [StringValue item, StringValue key]
                ? (item.Text, key.Text)
                : throw new JinjaException("tojson() needs two texts as separators");
        }

        JsonStyle style = new(items, keys, indent, AsciiOnly: call.Flag(0), SortKeys: call.Flag(3));
        return new StringValue(new JsonText(call.Interpreter, style).Write(call.Subject));
    }
}
