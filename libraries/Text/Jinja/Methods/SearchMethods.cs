using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Operators;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>Methods that look for text in text, or take it out.</summary>
internal static class SearchMethods
{
    public static readonly Native[] Entries =
    [
        new("startswith", "prefix start? end?", call => BoolValue.Of(Affixes(call).Any(Part(call).Text.StartsWithOrdinal))),
        new("endswith", "suffix start? end?", call => BoolValue.Of(Affixes(call).Any(Part(call).Text.EndsWithOrdinal))),
        new("find", "sub start? end?", call => Index(call, last: false, absent: -1)),
        new("rfind", "sub start? end?", call => Index(call, last: true, absent: -1)),
        new("index", "sub start? end?", call => Index(call, last: false, absent: null)),
        new("rindex", "sub start? end?", call => Index(call, last: true, absent: null)),
        new("count", "sub start? end?", Count),
        new("replace", "old new count?", Replace),
        new("removeprefix", "prefix", call => call.Give(WithoutPrefix(Text(call), call.Text(0)))),
        new("removesuffix", "suffix", call => call.Give(WithoutSuffix(Text(call), call.Text(0)))),
    ];

    private static string Text(NativeCall call) => ((StringValue)call.Subject).Text;

    private static bool StartsWithOrdinal(this string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal);

    private static bool EndsWithOrdinal(this string text, string suffix) => text.EndsWith(suffix, StringComparison.Ordinal);

    private static StringValue Replace(NativeCall call) =>
        new(Replacing.Replace(Text(call), call.Text(0), call.Text(1), call.Size(2, -1), call.Meter));

    private static string WithoutPrefix(string text, string prefix) => text.StartsWithOrdinal(prefix) ? text[prefix.Length..] : text;

    private static string WithoutSuffix(string text, string suffix) => text.EndsWithOrdinal(suffix) ? text[..^suffix.Length] : text;

    private static IEnumerable<string> Affixes(NativeCall call) => call[0] is TupleValue several
        ? several.Items.Select(item => item is StringValue text ? text.Text : throw NoText(call, item))
        : [call[0] is StringValue one ? one.Text : throw NoText(call, call.Required(0))];

    private static JinjaException NoText(NativeCall call, Value value) =>
        new($"{call.Name} first arg must be str or a tuple of str, not {value.TypeName}");

    /// <summary>The part of the text between the arguments start and end, and where it starts.</summary>
    private static (string Text, int Offset) Part(NativeCall call)
    {
        StringValue text = (StringValue)call.Subject;
        if (!call.Has(1) && !call.Has(2))
        {
            return (text.Text, 0);
        }

        SliceBounds bounds = new(call.Has(1) ? call.Integer(1) : null, call.Has(2) ? call.Integer(2) : null, null);
        return (((StringValue)text.Slice(bounds, call.Meter)).Text, bounds.Resolve(text.Length!.Value).Start);
    }

    private static IntValue Index(NativeCall call, bool last, int? absent)
    {
        (string text, int offset) = Part(call);
        string sought = call.Text(0);
        int at = last ? TextSearch.LastIndexOf(text, sought, text.Length, call.Meter) : TextSearch.IndexOf(text, sought, 0, call.Meter);
        return IntValue.Of(at >= 0 ? CodePoints.Count(text[..at]) + offset : absent ?? throw new JinjaException("substring not found"));
    }

    private static IntValue Count(NativeCall call)
    {
        (string text, _) = Part(call);
        string sought = call.Text(0);
        if (sought.Length == 0)
        {
            return IntValue.Of(CodePoints.Count(text) + 1);
        }

        int count = 0;
        for (int at = 0; (at = TextSearch.IndexOf(text, sought, at, call.Meter)) >= 0; at += sought.Length)
        {
            count++;
        }

        return IntValue.Of(count);
    }
}
