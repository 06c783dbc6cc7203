using System.Text.RegularExpressions;
using CsCheck;
using DaprMoE.Text.Tokenization.Alignment;
using DaprMoE.Text.Tokenization.Patterns;

namespace DaprMoE.Text.Tests.Tokenization.Patterns;

public class RegexPatternTests
{
    [Theory]
    [InlineData("a|ab|abc")]
    [InlineData("(?:ab|a)(?:bc|c)?")]
    [InlineData("a*?b|c+?")]
    [InlineData("(?>a+)b|a")]
    [InlineData("a{2,3}|b{2}|c{2,}")]
    [InlineData("(?:ab){1,2}c?")]
    [InlineData("a(?=b)|b(?!c)")]
    [InlineData("(?<=a)b|(?<!b)c")]
    [InlineData("\\ba+|\\Bb")]
    [InlineData("(?i:a|B)c|A")]
    [InlineData("[^a]b|[a-b]+")]
    [InlineData("\\s+(?!\\S)|\\s+")]
    [InlineData("(a|b)*c")]
    [InlineData("a??b")]
    [InlineData("\\Aa|c\\z")]
    [InlineData("x*")]
    public void FindAll_AsciiText_AgreesWithDotNet(string expression)
    {
        RegexPattern pattern = new(expression, "test", "pattern");
        Regex oracle = new(expression, RegexOptions.CultureInvariant);

        Gen.OneOf('a', 'b', 'c', 'A', 'B', ' ', '\n', 'x').Array[0, 20].Select(letters => new string(letters)).Sample(text =>
        {
            Piece[] expected = [.. oracle.Matches(text).Select(match => new Piece(match.Index, match.Length))];
            // An empty match directly after another match does not count here.
            bool Counts(Piece match, int index) => match.Length > 0 || index == 0 || expected[index - 1].End != match.Start;
            Assert.Equal(expected.Where(Counts), pattern.FindAll(text));
        });
    }

    [Theory]
    [InlineData("\\p{L}++|.", "𝒜b1", "𝒜b|1")]
    [InlineData("[^\\r\\n\\p{L}\\p{N}]?\\p{L}+", "😀hello", "😀hello")]
    [InlineData("\\p{N}{1,3}+", "1234567", "1234567")]
    [InlineData("\\p{N}{1,3}", "1234567", "123|456|7")]
    [InlineData("(?i:'s|k)", "'ſ \u212A K", "'ſ|\u212A|K")]
    [InlineData("(?i)k|s", "KS", "K|S")]
    [InlineData("[\\p{L}&&[^\\p{Han}]]+", "ab今c", "ab|c")]
    [InlineData("[\\x{1F600}-\\x{1F64F}]", "a😀b", "😀")]
    [InlineData("\\R", "a\r\n\n\u2028", "\r\n|\n|\u2028")]
    [InlineData("^b|c$", "a\nb\nc\n", "b|c")]
    [InlineData("[a\\-z]+", "a-zb", "a-z")]
    [InlineData("[\\]\\[^]+", "[^]", "[^]")]
    [InlineData("\\h+", "xyzAf0g", "Af0")]
    public void FindAll_WhereOnigurumaDiffersFromDotNet_FollowsOniguruma(string expression, string text, string expected)
    {
        List<Piece> matches = new RegexPattern(expression, "test", "pattern").FindAll(text);

        Assert.Equal(expected, string.Join('|', matches.Select(match => text.Substring(match.Start, match.Length))));
    }

    [Theory]
    [InlineData("(a", "closing")]
    [InlineData("a)", "opening")]
    [InlineData("[a", "ends early")]
    [InlineData("*a", "nothing to repeat")]
    [InlineData("a{3,2}", "n <= m")]
    [InlineData("a{1,999999}", "1000")]
    [InlineData("\\p{Greek}", "\\p{Greek} is not supported")]
    [InlineData("\\X", "\\X is not supported")]
    [InlineData("(a)\\1", "\\1 is not supported")]
    [InlineData("[[:alpha:]]", "POSIX")]
    [InlineData("(?:a*)*", "may be empty")]
    [InlineData("(?<=a+)b", "one width")]
    [InlineData("(?x:a)", "group is not supported")]
    [InlineData("(?i:é)", "a to z")]
    [InlineData("[z-a]", "lower to a higher")]
    [InlineData("a\\", "escapes nothing")]
    [InlineData("(?:(?:(?:a{1000}){1000}){1000})", "too large")]
    public void Pattern_WrongOrNotSupported_SaysWhy(string expression, string reason)
    {
        FormatException error = Assert.Throws<FormatException>(() => new RegexPattern(expression, "test", "pattern"));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(", "a", ")")]
    [InlineData("[", "a", "]")]
    [InlineData("", "a", "{1}")]
    [InlineData("(?=", "a", ")")]
    public void Pattern_DeepNesting_IsRefused(string before, string middle, string after)
    {
        string expression = string.Concat(Enumerable.Repeat(before, 100_000)) + middle + string.Concat(Enumerable.Repeat(after, 100_000));

        FormatException error = Assert.Throws<FormatException>(() => new RegexPattern(expression, "test", "pattern"));

        Assert.Contains("nest deeper than", error.Message, StringComparison.Ordinal);
    }
}
