namespace DaprMoE.Text.Tests.Jinja;

public sealed class TemplateLimitTests
{
    private static readonly TemplateLimits Small = new()
    {
        Steps = 2_000,
        TextLength = 100,
        TotalText = 12_000,
        Items = 50,
        RangeLength = 40,
        Nesting = 60,
        SourceNesting = 20,
        SourceLength = 2_000,
    };

    [Theory]
    [InlineData("{% for a in range(40) %}{% for b in range(40) %}{{ '' }}{% endfor %}{% endfor %}", "more than 2000 steps")]
    [InlineData("{{ 'ab' * 51 }}", "a text of 102 characters is longer than the limit of 100")]
    [InlineData("{% for a in range(40) %}abc{% endfor %}", "longer than the limit of 100")]
    [InlineData("{% for a in range(40) %}{% set x = ('a' * 99).upper().lower() + '' %}{% endfor %}", "builds more than 12000 characters")]
    [InlineData("{{ ([1] * 51) | length }}", "a list of 51 items is longer than the limit of 50")]
    [InlineData("{{ range(41) }}", "range() would have more than 40 numbers")]
    [InlineData("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "nests deeper than 60 levels")]
    [InlineData("{{ ((((((((((((((((((((1)))))))))))))))))))) }}", "nest deeper than 20 levels")]
    [InlineData("{{ 2 ** 100000 }}", "an integer is larger than the limit")]
    [InlineData("{{ '%5000d' % 1 }}", "longer than the limit of 100")]
    [InlineData("{{ '{:>5000}'.format(1) }}", "longer than the limit of 100")]
    [InlineData("{{ 'a'.center(5000) }}", "longer than the limit of 100")]
    [InlineData("{{ [1] | tojson(indent=5000) }}", "longer than the limit of 100")]
    public void Render_BeyondALimit_SaysWhich(string source, string reason) =>
        Assert.Contains(reason, JinjaRendering.Fail(source, Small).Reason);

    [Fact]
    public void Parse_LongSource_IsRefused() =>
        Assert.Contains("the limit is 2000", JinjaRendering.Fail(new string('x', 2_001), Small).Reason);

    [Fact]
    public void Render_WithinTheLimits_Works() =>
        Assert.Equal("0123456789", JinjaRendering.Render("{% for a in range(10) %}{{ a }}{% endfor %}", Small));

    [Fact]
    public void Render_NoTimeLeft_EndsWithAnError()
    {
        TemplateLimits limits = new() { Time = TimeSpan.Zero };

        TemplateException error = JinjaRendering.Fail("{% for a in range(10000) %}{% endfor %}", limits);

        Assert.Contains("longer than 0 s", error.Reason);
    }

    [Fact]
    public void Render_NestedSharedLists_ComparesWithinTheSteps()
    {
        const string Source = """
            {% set ns = namespace(a=[1], b=[1]) %}
            {% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}
            {{ ns.a == ns.b }}
            """;

        Assert.Contains("steps", JinjaRendering.Fail(Source, new TemplateLimits { Steps = 100_000 }).Reason);
    }

    [Fact]
    public void Render_DeeplyNestedValue_IsAnErrorNotACrash()
    {
        const string Source = "{% set ns = namespace(a=[]) %}{% for i in range(100000) %}{% set ns.a = [ns.a] %}{% endfor %}";

        Assert.Contains("nests deeper", JinjaRendering.Fail(Source + "{{ ns.a }}").Reason);
        Assert.Contains("nests deeper", JinjaRendering.Fail(Source + "{{ ns.a | tojson }}").Reason);
        Assert.Contains("nests deeper", JinjaRendering.Fail(Source + "{% set b = ns.a %}{{ ns.a == [b] }}").Reason);
    }
}
