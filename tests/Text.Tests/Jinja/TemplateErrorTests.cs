namespace DaprMoE.Text.Tests.Jinja;

public sealed class TemplateErrorTests
{
    [Theory]
    [InlineData("a\n{% if x %}\nb", 3, "'if' is open", "'elif' or 'else' or 'endif'")]
    [InlineData("a\n\n{{ 1 + }}", 3, "expected a value", "the end of the expression '}}'")]
    [InlineData("{% for x of y %}{% endfor %}", 1, "expected 'in'", "found 'of'")]
    [InlineData("x\n{% unless x %}", 2, "unknown tag 'unless'", "the tags are autoescape, block")]
    [InlineData("{% if a %}{% endfor %}", 1, "unknown tag 'endfor'", "'if' is open and waits for")]
    [InlineData("\n{{ 'a }}", 2, "the text that starts with '", "never closed")]
    [InlineData("{{ [1, 2 }}", 1, "unexpected '}'", "expected ']'")]
    [InlineData("{# a", 1, "the comment is never closed", "'#}'")]
    [InlineData("\n{% raw %}x", 2, "the raw block is never closed", "endraw")]
    [InlineData("{% break %}", 1, "'break' stands outside of a loop", "")]
    [InlineData("{% set true = 1 %}", 1, "can't assign to the constant 'true'", "")]
    public void Parse_BadTemplate_NamesTemplateLineAndWhatWasExpected(string source, int line, string what, string expected)
    {
        TemplateException error = JinjaRendering.Fail(source);

        Assert.Equal(line, error.Line);
        Assert.Equal("snippet", error.Template);
        Assert.StartsWith($"Template 'snippet', line {line}: ", error.Message);
        Assert.Contains(what, error.Reason);
        Assert.Contains(expected, error.Reason);
        Assert.False(error.RaisedByTemplate);
    }

    [Theory]
    [InlineData("a\n{{ nothing.x }}", 2, "'nothing' is undefined")]
    [InlineData("{% for i in items %}\n{{ i\n + 1 }}{% endfor %}", 3, "can only concatenate str")]
    [InlineData("{% macro m() %}\n{{ none + 1 }}{% endmacro %}\n\n{{ m() }}", 2, "unsupported operand type(s) for +")]
    [InlineData("\n{{ text | shout }}", 2, "there is no filter named 'shout'")]
    [InlineData("\n\n{{ text is loud }}", 3, "there is no test named 'loud'")]
    [InlineData("{{ text | replace('a') }}", 1, "replace() misses its argument 'new'")]
    [InlineData("{{ text | trim(side='left') }}", 1, "trim() has no argument 'side'")]
    [InlineData("{{ text.strip(1) }}", 1, "strip() needs text as argument 1, not 'int'")]
    [InlineData("{% include 'x' %}", 1, "a chat template stands alone")]
    public void Render_FailingTemplate_NamesLineAndReason(string source, int line, string reason)
    {
        TemplateException error = JinjaRendering.Fail(source);

        Assert.Equal(line, error.Line);
        Assert.Contains(reason, error.Reason);
        Assert.False(error.RaisedByTemplate);
    }

    [Fact]
    public void Render_RaiseException_GivesTheTemplatesOwnMessage()
    {
        TemplateException error = JinjaRendering.Fail("\n{{ raise_exception('Roles must alternate.') }}");

        Assert.True(error.RaisedByTemplate);
        Assert.Equal("Roles must alternate.", error.Message);
        Assert.Equal(2, error.Line);
    }
}
