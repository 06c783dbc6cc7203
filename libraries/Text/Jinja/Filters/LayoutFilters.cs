using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Methods;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Filters;

/// <summary>Filters that lay text out in lines and columns.</summary>
internal static class LayoutFilters
{
    public static readonly Native[] Entries =
    [
        new("center", "width?", call => new StringValue(Padding.Center(call.SubjectText(), call.Size(0, 80), " ", call.Meter))),
        new("indent", "width? first? blank?", Indent),
        new("wordwrap", "width? break_long_words? wrapstring? break_on_hyphens?", WrapWords),
    ];

    private static StringValue Indent(NativeCall call)
    {
        StringValue subject = call.SubjectString();
        string indent = call[0] is StringValue given ? given.Text : Padding.Spaces(call.Size(0, 4), call.Meter);
        bool indentsBlank = call.Flag(2);
        List<string> lines = Lines.Split(subject.Text + "\n", keepEnds: false);
        TextBuilder result = new(call.Meter);
        for (int i = 0; i < lines.Count; i++)
        {
            result.Append(i == 0 ? "" : "\n");
            bool indents = i == 0 ? call.Flag(1) : indentsBlank || lines[i].Length > 0;
            result.Append(indents ? indent : "");
            result.Append(lines[i]);
        }

        return new StringValue(result.Finish(), subject.IsMarkup);
    }

    private static StringValue WrapWords(NativeCall call)
    {
        string separator = call.Text(2, "\n");
        WordWrap wrap = new(call.Size(0, 79), call.Flag(1, absent: true), call.Flag(3, absent: true), call.Meter);
        TextBuilder text = new(call.Meter);
        bool first = true;
        foreach (string paragraph in Lines.Split(call.SubjectString().Text, keepEnds: false))
        {
            List<string> lines = wrap.Wrap(paragraph);
            foreach (string line in lines.Count == 0 ? [""] : lines)
            {
                text.Append(first ? "" : separator);
                text.Append(line);
                first = false;
            }
        }

        return new StringValue(text.Finish());
    }
}
