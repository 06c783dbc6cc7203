using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Operators;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>Methods that split and join text.</summary>
internal static class SplitMethods
{
    public static readonly Native[] Entries =
    [
        new("split", "sep? maxsplit?", call => Split(call, fromEnd: false)),
        new("rsplit", "sep? maxsplit?", call => Split(call, fromEnd: true)),
        new("splitlines", "keepends?", call => List(call, Lines.Split(Text(call), call.Flag(0)))),
        new("partition", "sep", call => Partition(call, fromEnd: false)),
        new("rpartition", "sep", call => Partition(call, fromEnd: true)),
        new("join", "iterable", Join),
    ];

    private static string Text(NativeCall call) => ((StringValue)call.Subject).Text;

    private static ListValue List(NativeCall call, IReadOnlyList<string> parts)
    {
        call.Meter.Text(Text(call).Length);
        call.Meter.Items(parts.Count);
        return new ListValue([.. parts.Select(part => new StringValue(part, ((StringValue)call.Subject).IsMarkup))]);
    }

    private static ListValue Split(NativeCall call, bool fromEnd)
    {
        int limit = call.Size(1, -1);
        limit = limit < 0 ? int.MaxValue : limit;
        List<string> parts = call.Has(0)
            ? At(Text(call), Separator(call), limit, fromEnd, call.Meter)
            : AtWhiteSpace(Text(call), limit, fromEnd);
        if (fromEnd)
        {
            parts.Reverse();
        }

        return List(call, parts);
    }

    private static string Separator(NativeCall call) =>
        call.Text(0) is { Length: > 0 } separator ? separator : throw new JinjaException("empty separator");

    /// <summary>Parts between separators; from the end, in reverse order.</summary>
    private static List<string> At(string text, string separator, int limit, bool fromEnd, Meter meter)
    {
        List<string> parts = [];
        int from = 0;
        int end = text.Length;
        while (parts.Count < limit)
        {
            meter.Step();
            int at = fromEnd
                ? TextSearch.LastIndexOf(text, separator, end, meter)
                : TextSearch.IndexOf(text, separator, from, meter);
            if (at < 0)
            {
                break;
            }

            parts.Add(fromEnd ? text[(at + separator.Length)..end] : text[from..at]);
            (from, end) = fromEnd ? (from, at) : (at + separator.Length, end);
        }

        parts.Add(text[from..end]);
        return parts;
    }

    /// <summary>Runs of other characters than white space; from the end, in reverse order.</summary>
    private static List<string> AtWhiteSpace(string text, int limit, bool fromEnd)
    {
        List<string> parts = [];
        string rest = fromEnd ? WhiteSpace.TrimEnd(text) : WhiteSpace.TrimStart(text);
        int from = 0;
        int end = rest.Length;
        while (from < end && parts.Count < limit)
        {
            int at = fromEnd ? end - 1 : from;
            int step = fromEnd ? -1 : 1;
            while (at >= from && at < end && !WhiteSpace.Is(rest[at]))
            {
                at += step;
            }

            parts.Add(fromEnd ? rest[(at + 1)..end] : rest[from..at]);
            while (at >= from && at < end && WhiteSpace.Is(rest[at]))
            {
                at += step;
            }

            (from, end) = fromEnd ? (from, at + 1) : (at, end);
        }

        if (from < end)
        {
            parts.Add(rest[from..end]);
        }

        return parts;
    }

    private static TupleValue Partition(NativeCall call, bool fromEnd)
    {
        string text = Text(call);
        string separator = Separator(call);
        int at = fromEnd
            ? TextSearch.LastIndexOf(text, separator, text.Length, call.Meter)
            : TextSearch.IndexOf(text, separator, 0, call.Meter);
        string[] parts = at >= 0 ? [text[..at], separator, text[(at + separator.Length)..]]
            : fromEnd ? ["", "", text]
            : [text, "", ""];
        return new TupleValue(List(call, parts).Items);
    }

    private static StringValue Join(NativeCall call)
    {
        TextBuilder text = new(call.Meter);
        int index = 0;
        foreach (Value item in call.Interpreter.ItemsOf(call.Required(0)))
        {
            string piece = item is StringValue one
                ? one.Text
                : throw new JinjaException($"sequence item {index}: expected str instance, {item.TypeName} found");
            text.Append(index++ == 0 ? piece : Text(call) + piece);
        }

        return new StringValue(text.Finish());
    }
}
