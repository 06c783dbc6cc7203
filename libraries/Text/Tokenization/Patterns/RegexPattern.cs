using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Unicode;

namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>A regular expression of a tokenizer file.</summary>
internal sealed class RegexPattern : ITextPattern
{
    private readonly Instruction[] _code;
    private readonly string _expression;
    private readonly string _file;
    private readonly string _component;

    /// <exception cref="FormatException">The expression is wrong or has something that is not supported.</exception>
    public RegexPattern(string expression, string file, string component)
    {
        _code = PatternCompiler.Compile(PatternParser.Parse(expression));
        (_expression, _file, _component) = (expression, file, component);
    }

    public List<Piece> FindAll(ReadOnlySpan<char> text)
    {
        try
        {
            return FindAll(new PatternMatcher(_code, text), text);
        }
        catch (TimeoutException error)
        {
            string problem = $"pattern \"{_expression}\" takes too many steps on a text of {text.Length} characters; change the text";
            throw new TokenizerException(_file, _component, problem, error);
        }
    }

    private static List<Piece> FindAll(PatternMatcher matcher, ReadOnlySpan<char> text)
    {
        List<Piece> matches = new(text.Length / 4);
        int lastEnd = -1;
        for (int start = 0; start <= text.Length;)
        {
            int end = matcher.MatchAt(start);
            // An empty match directly after another match does not count.
            if (end > start || (end == start && end != lastEnd))
            {
                matches.Add(new Piece(start, end - start));
                lastEnd = end;
            }

            start = end > start ? end : Next(text, start);
        }

        return matches;
    }

    private static int Next(ReadOnlySpan<char> text, int position)
    {
        if (position == text.Length)
        {
            return position + 1;
        }

        _ = Utf16.CodePointAt(text, position, out int length);
        return position + length;
    }
}
