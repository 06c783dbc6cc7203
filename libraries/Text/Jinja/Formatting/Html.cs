using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Formatting;

/// <summary>Escapes text for HTML, as the filter <c>escape</c> does.</summary>
internal static class Html
{
    public static StringValue Escape(Value value, Interpreter interpreter)
    {
        if (value is StringValue { IsMarkup: true } markup)
        {
            return markup;
        }

        TextBuilder text = new(interpreter.Meter);
        foreach (char one in interpreter.TextOf(value))
        {
            text.Append(Escape(one));
        }

        return new StringValue(text.Finish(), isMarkup: true);
    }

    private static string Escape(char one) => one switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '\'' => "&#39;",
        '"' => "&#34;",
        _ => one.ToString(),
    };
}
