using System.Globalization;
using System.Text;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Filters;

/// <summary>Percent-encodes text, and pairs as a query.</summary>
internal static class UrlText
{
    public static string Encode(Value value, Interpreter interpreter)
    {
        IEnumerable<Value>? pairs = value switch
        {
            StringValue => null,
            DictValue dict => dict.Entries.Select(Methods.DictMethods.Pair),
            _ => value.Iterate(),
        };
        return pairs is null
            ? Quote(interpreter.TextOf(value), "/")
            : string.Join('&', pairs.Select(pair => EncodePair(interpreter.ListOf(pair), interpreter)));
    }

    private static string EncodePair(IReadOnlyList<Value> pair, Interpreter interpreter) => pair.Count == 2
        ? $"{QuoteForQuery(interpreter.TextOf(pair[0]))}={QuoteForQuery(interpreter.TextOf(pair[1]))}"
        : throw new JinjaException("urlencode() needs pairs of a key and a value");

    private static string QuoteForQuery(string text) => Quote(text, "").Replace("%20", "+", StringComparison.Ordinal);

    private static string Quote(string text, string safe)
    {
        StringBuilder result = new(text.Length);
        foreach (byte one in Encoding.UTF8.GetBytes(text))
        {
            char character = (char)one;
            bool isPlain = char.IsAsciiLetterOrDigit(character) || "_.-~".Contains(character) || safe.Contains(character);
            result.Append(isPlain ? character.ToString() : "%" + one.ToString("X2", CultureInfo.InvariantCulture));
        }

        return result.ToString();
    }
}
