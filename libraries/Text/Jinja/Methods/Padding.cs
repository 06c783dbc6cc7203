using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>Fills text up to a width, counted in code points.</summary>
internal static class Padding
{
    public static string Spaces(int count, Meter meter) => Fill(" ", count, meter);

    public static string Start(string text, int width, string fill, Meter meter) => Fill(fill, Missing(text, width), meter) + text;

    public static string End(string text, int width, string fill, Meter meter) => text + Fill(fill, Missing(text, width), meter);

    // Of an odd rest Python puts the larger half before the text when the width is odd, else behind it.
    public static string Center(string text, int width, string fill, Meter meter)
    {
        int missing = Missing(text, width);
        int before = (missing / 2) + (missing & width & 1);
        return Fill(fill, before, meter) + text + Fill(fill, missing - before, meter);
    }

    /// <summary>Zeros between the sign of a number and its digits.</summary>
    public static string Zeros(string text, int width, Meter meter)
    {
        int sign = text.StartsWith('-') || text.StartsWith('+') ? 1 : 0;
        return text[..sign] + Fill("0", Missing(text, width), meter) + text[sign..];
    }

    private static int Missing(string text, int width) => Math.Max(0, width - CodePoints.Count(text));

    private static string Fill(string fill, int count, Meter meter)
    {
        if (CodePoints.Count(fill) != 1)
        {
            throw new JinjaException("the fill must be exactly one character long");
        }

        meter.Text(Math.Max(0, count));
        return fill.Length == 1 ? new string(fill[0], Math.Max(0, count)) : string.Concat(Enumerable.Repeat(fill, Math.Max(0, count)));
    }
}
