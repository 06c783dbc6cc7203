using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Methods;
using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Filters;

/// <summary>Filters that make text of text; any other value is printed first.</summary>
internal static class TextFilters
{
    public static readonly Native[] Entries =
    [
        new("upper", "", call => Like(call, LetterCase.Upper(call.SubjectText()))),
        new("lower", "", call => Like(call, LetterCase.Lower(call.SubjectText()))),
        new("capitalize", "", call => Like(call, LetterCase.Capitalize(call.SubjectText()))),
        new("title", "", call => Like(call, Title(call.SubjectText()))),
        new("trim", "chars?", call => Like(call, Stripping.Strip(call.SubjectText(), call.Has(0) ? call.Text(0) : null, Sides.Both))),
        new("replace", "old new count?", Replace),
        new("string", "", call => call.Subject is StringValue ? call.Subject : new StringValue(call.SubjectText())),
        new("format", "* **", Format),
        new("truncate", "length? killwords? end? leeway?", Truncate),
        new("wordcount", "", call => IntValue.Of(WordCount(call.SubjectText()))),
        new("urlencode", "", call => call.Give(UrlText.Encode(call.Subject, call.Interpreter))),
    ];

    private static StringValue Like(NativeCall call, string text)
    {
        call.Meter.Text(text.Length);
        return new StringValue(text, call.Subject is StringValue { IsMarkup: true });
    }

    /// <summary>Capitalises what follows white space, <c>-</c> or an opening bracket.</summary>
    private static string Title(string text)
    {
        List<string> parts = [];
        int start = 0;
        for (int i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || Separates(text[i]) != Separates(text[i - 1]))
            {
                string part = text[start..i];
                int first = part.Length > 0 ? CodePoints.Width(part, 0) : 0;
                parts.Add(LetterCase.Upper(part[..first]) + LetterCase.Lower(part[first..]));
                start = i;
            }
        }

        return string.Concat(parts);
    }

    private static bool Separates(char one) => WhiteSpace.Is(one) || one is '-' or '(' or '{' or '[' or '<';

    private static StringValue Replace(NativeCall call)
    {
        string old = call.Interpreter.TextOf(call.Required(0));
        string with = call.Interpreter.TextOf(call.Required(1));
        int count = call.Size(2, -1);
        if (!call.Interpreter.Autoescapes)
        {
            return new StringValue(Replacing.Replace(call.SubjectText(), old, with, count, call.Meter));
        }

        string text = Html.Escape(call.Subject, call.Interpreter).Text;
        string escaped = Html.Escape(call.Required(1), call.Interpreter).Text;
        return new StringValue(Replacing.Replace(text, old, escaped, count, call.Meter), isMarkup: true);
    }

    private static StringValue Format(NativeCall call)
    {
        StringValue format = new(call.SubjectText());
        Arguments given = call.Further;
        if (given.Named.Count == 0)
        {
            return PrintfFormat.Format(format, new TupleValue(given.Positional), call.Interpreter);
        }

        DictValue named = new(call.Meter);
        foreach ((string name, Value value) in given.Named)
        {
            named.Put(new StringValue(name), value);
        }

        return PrintfFormat.Format(format, named, call.Interpreter);
    }

    private static Value Truncate(NativeCall call)
    {
        int length = call.Size(0, 255);
        StringValue end = new(call.Text(2, "..."));
        int leeway = call.Size(3, 5);
        int whole = call.Subject.Length ?? throw new JinjaException($"object of type '{call.Subject.TypeName}' has no len()");
        int kept = length - end.Length!.Value;
        if (kept < 0 || leeway < 0)
        {
            throw new JinjaException($"truncate() needs a length of at least {end.Length} and a leeway of at least 0");
        }

        if (whole <= (long)length + leeway)
        {
            return call.Subject;
        }

        string cut = ((StringValue)call.SubjectString().Slice(new SliceBounds(null, kept, null), call.Meter)).Text;
        int space = cut.LastIndexOf(' ');
        return call.Give((call.Flag(1) || space < 0 ? cut : cut[..space]) + end.Text);
    }

    private static int WordCount(string text)
    {
        int words = 0;
        bool inWord = false;
        foreach (int code in CodePoints.Of(text))
        {
            bool isWord = code == '_' || CharacterClass.IsAlphanumeric(code);
            words += isWord && !inWord ? 1 : 0;
            inWord = isWord;
        }

        return words;
    }
}
