using System.Text;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>Methods that strip, pad and format text.</summary>
internal static class LayoutMethods
{
    public static readonly Native[] Entries =
    [
        new("strip", "chars?", call => Strip(call, Sides.Both)),
        new("lstrip", "chars?", call => Strip(call, Sides.Start)),
        new("rstrip", "chars?", call => Strip(call, Sides.End)),
        new("center", "width fillchar?", call => new StringValue(Padding.Center(Text(call), call.Size(0), call.Text(1, " "), call.Meter))),
        new("ljust", "width fillchar?", call => new StringValue(Padding.End(Text(call), call.Size(0), call.Text(1, " "), call.Meter))),
        new("rjust", "width fillchar?", call => new StringValue(Padding.Start(Text(call), call.Size(0), call.Text(1, " "), call.Meter))),
        new("zfill", "width", call => new StringValue(Padding.Zeros(Text(call), call.Size(0), call.Meter))),
        new("expandtabs", "tabsize?", ExpandTabs),
        new("format", "* **", call => new StringValue(new BraceFormat(call.Interpreter, call.Further).Format(Text(call)))),
        new("format_map", "mapping", FormatMap),
        new("encode", "encoding? errors?", Encode),
    ];

    private static string Text(NativeCall call) => ((StringValue)call.Subject).Text;

    private static StringValue Strip(NativeCall call, Sides sides) =>
        call.Give(Stripping.Strip(Text(call), call.Has(0) ? call.Text(0) : null, sides));

    private static StringValue ExpandTabs(NativeCall call)
    {
        int size = call.Size(0, 8);
        TextBuilder text = new(call.Meter);
        int column = 0;
        foreach (string piece in CodePoints.Split(Text(call)))
        {
            if (piece == "\t")
            {
                int spaces = size > 0 ? size - (column % size) : 0;
                text.Append(Padding.Spaces(spaces, call.Meter));
                column += spaces;
                continue;
            }

            text.Append(piece);
            column = piece is "\n" or "\r" ? 0 : column + 1;
        }

        return new StringValue(text.Finish());
    }

    private static StringValue FormatMap(NativeCall call)
    {
        if (call[0] is not DictValue dict)
        {
            throw new JinjaException($"format_map() needs a dict, not '{call.Required(0).TypeName}'");
        }

        Arguments named = new([], [.. dict.Entries.Select(entry => KeyValuePair.Create(call.Interpreter.TextOf(entry.Key), entry.Value))]);
        return new StringValue(new BraceFormat(call.Interpreter, named).Format(Text(call)));
    }

    private static BytesValue Encode(NativeCall call)
    {
        call.Meter.Text(Text(call).Length);
        string name = call.Text(0, "utf-8").ToLowerInvariant();
        return name is "utf-8" or "utf8" or "ascii"
            ? new BytesValue(Encoding.UTF8.GetBytes(Text(call)))
            : throw new JinjaException($"encode() knows 'utf-8', not '{name}'");
    }
}
