using System.CommandLine;
using System.CommandLine.Parsing;

namespace DaprMoE.Cli.Tests;

public sealed class NumberOptionTests
{
    private readonly Option<float?> _option = NumberOption.Create("--temperature", 0f, 2f, "T");

    [Theory]
    [InlineData("0", 0f)]
    [InlineData("2", 2f)]
    [InlineData("0.5", 0.5f)]
    public void Value_InRange_IsTaken(string text, float expected)
    {
        Assert.Equal(expected, Parse(text).GetValue(_option));
    }

    [Theory]
    [InlineData("-0.1")]
    [InlineData("2.1")]
    [InlineData("NaN")]
    [InlineData("hot")]
    [InlineData("0,5")]
    public void Value_OutOfRange_NamesOptionValueAndRange(string text)
    {
        ParseError error = Assert.Single(Parse(text).Errors);

        Assert.Equal($"--temperature is {text}; it may be 0 to 2.", error.Message);
    }

    private ParseResult Parse(string text) => new RootCommand { _option }.Parse(["--temperature", text]);
}
