using System.Diagnostics;
using CsCheck;

namespace DaprMoE.Text.Tests.Jinja;

public sealed class RandomTemplateTests
{
    private static readonly string[] Pieces =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "-", "+", " ", "\n", "x", "text", "items", "loop", "caller", "1", "0", "2.5", "1e308", "'a'",
        "\"é😀\"", "(", ")", "[", "]", "{", "}", ":", ",", ".", "|", "~", "*", "**", "/", "//", "%", "=", "==", "!=", "<", ">=", "not",
        "and", "or", "in", "is", "if", "elif", "else", "endif", "for", "endfor", "set", "endset", "macro", "endmacro", "call", "endcall",
        "filter", "endfilter", "raw", "endraw", "with", "endwith", "block", "endblock", "break", "continue", "generation",
        "endgeneration", "recursive", "none", "true", "upper", "length", "tojson", "join", "map", "select", "sort", "default", "batch",
        "indent", "round", "int", "format", "replace", "split", "range(9)", "namespace()", "dict(a=1)", ".items()", "[::-1]", "loop(x)",
        "{% for x in items %}", "{% endfor %}", "{% if x %}", "{% endif %}", "{{ x", " }}", "{% macro m(a, b=1) %}", "{% endmacro %}",
        "{{ m(1) }}", "{% set x = items %}", "| map('upper') | list", "is defined",
    ];

    private static readonly TemplateLimits Limits = new() { Steps = 50_000, TextLength = 100_000, TotalText = 1_000_000, Items = 10_000 };

    private static readonly Gen<string> Piece = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]);

    private static readonly Gen<string> Soup = Piece.Array[0, 40].Select(string.Concat);

    private static readonly Gen<string> Expressions = Piece.Array[0, 12].Select(pieces => $"{{{{ {string.Join(' ', pieces)} }}}}");

    [Fact]
    public void Render_TokenSoup_RendersOrFailsWithATemplateException() => Soup.Sample(RendersOrFails, iter: 20_000);

    [Fact]
    public void Render_RandomExpression_RendersOrFailsWithATemplateException() => Expressions.Sample(RendersOrFails, iter: 20_000);

    [Fact]
    public void Render_RandomText_RendersOrFailsWithATemplateException() => Gen.String[0, 60].Sample(RendersOrFails, iter: 5_000);

    private static bool RendersOrFails(string source)
    {
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            JinjaRendering.Render(source, Limits);
        }
        catch (TemplateException)
        {
        }

        return watch.Elapsed < TimeSpan.FromSeconds(5);
    }
}
