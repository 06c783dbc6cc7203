using System.Net;
using System.Text.RegularExpressions;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Filters;

/// <summary>Filters that know HTML.</summary>
internal static partial class MarkupFilters
{
    public static readonly Native[] Entries =
    [
        new("e", "", call => Html.Escape(call.Subject, call.Interpreter)),
        new("escape", "", call => Html.Escape(call.Subject, call.Interpreter)),
        new("forceescape", "", call => Html.Escape(new StringValue(call.SubjectText()), call.Interpreter)),
        new("safe", "", call => new StringValue(call.SubjectText(), isMarkup: true)),
        new("striptags", "", StripTags),
        new("xmlattr", "autospace?", Attributes),
    ];

    [GeneratedRegex("<!--.*?-->|<[^>]*>", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Tags();

    private static StringValue StripTags(NativeCall call)
    {
        string bare = Tags().Replace(call.SubjectText(), "");
        string[] words = bare.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return call.Give(WebUtility.HtmlDecode(string.Join(' ', words)));
    }

    private static StringValue Attributes(NativeCall call)
    {
        if (call.Subject is not DictValue dict)
        {
            throw new JinjaException($"xmlattr() needs a dict, not '{call.Subject.TypeName}'");
        }

        TextBuilder text = new(call.Meter);
        foreach ((Value key, Value value) in dict.Entries.Where(entry => entry.Value is not (NoneValue or UndefinedValue)))
        {
            string name = call.Interpreter.TextOf(key);
            if (name.Any(one => one is '/' or '>' or '=' || char.IsWhiteSpace(one)))
            {
                throw new JinjaException($"'{name}' is no name of an attribute");
            }

            text.Append(text.Length > 0 || call.Flag(0, absent: true) ? " " : "");
            text.Append($"{Html.Escape(key, call.Interpreter).Text}=\"{Html.Escape(value, call.Interpreter).Text}\"");
        }

        return new StringValue(text.Finish(), call.Interpreter.Autoescapes);
    }
}
