using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Formatting;
using DaprMoE.Text.Jinja.Operators;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>Replaces text within text.</summary>
internal static class Replacing
{
    /// <summary>Replaces the first <paramref name="count"/> matches, all of them when it is negative.</summary>
    public static string Replace(string text, string old, string with, int count, Meter meter)
    {
        TextBuilder result = new(meter);
        int from = 0;
        int left = count < 0 ? int.MaxValue : count;
        if (old.Length == 0)
        {
            return Interleave(text, with, left, result);
        }

        for (; left > 0; left--)
        {
            int at = TextSearch.IndexOf(text, old, from, meter);
            if (at < 0)
            {
                break;
            }

            result.Append(text[from..at]);
            result.Append(with);
            from = at + old.Length;
        }

        result.Append(text[from..]);
        return result.Finish();
    }

    private static string Interleave(string text, string with, int left, TextBuilder result)
    {
        foreach (string piece in CodePoints.Split(text))
        {
            result.Append(left-- > 0 ? with + piece : piece);
        }

        result.Append(left > 0 ? with : "");
        return result.Finish();
    }
}
