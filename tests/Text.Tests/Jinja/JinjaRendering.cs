using DaprMoE.Text.Jinja;
using DaprMoE.Text.Jinja.Evaluation;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Tests.Jinja;

/// <summary>Renders snippets without a conversation.</summary>
internal static class JinjaRendering
{
    public static string Render(string source, TemplateLimits? limits = null) =>
        JinjaTemplate.Parse(source, "snippet", TimeProvider.System, limits ?? TemplateLimits.Default).Render(Variables);

    /// <summary>The error that a snippet ends with.</summary>
    public static TemplateException Fail(string source, TemplateLimits? limits = null) =>
        Assert.Throws<TemplateException>(() => Render(source, limits));

    private static IEnumerable<KeyValuePair<string, Value>> Variables(Meter meter) =>
    [
        KeyValuePair.Create<string, Value>("text", new StringValue("Hello World")),
        KeyValuePair.Create<string, Value>("items", new ListValue([IntValue.Of(3), IntValue.Of(1), new StringValue("x")])),
    ];
}
