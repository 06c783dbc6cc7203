using System.Text.Json;
using DaprMoE.Text.Jinja;
using DaprMoE.Text.Jinja.Values;
using DaprMoE.Text.Verification;

namespace DaprMoE.Text.Tests.Jinja;

public sealed class JinjaCaseTests
{
    // \N{BULLET} needs the names of Unicode, which .NET doesn't have.
    private static readonly string[] Unsupported = ["literal/3"];

    [Fact]
    public void Render_EverySnippet_EqualsTheReference()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(Fixtures.PathOf("chat-templates", "jinja-cases.json")));
        JsonElement shared = file.RootElement.GetProperty("variables");
        TimeProvider clock = TemplateVerification.ClockOf(file.RootElement);
        List<string> mismatches = [];
        int cases = 0;
        foreach (JsonElement one in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            cases++;
            string name = one.GetProperty("name").GetString()!;
            if (ExpectedOutcome.Compare(one, () => Render(one, shared, clock)) is { } mismatch)
            {
                mismatches.Add($"{name} {one.GetProperty("template").GetRawText()}: {mismatch}");
            }
        }

        Assert.Equal(579, cases);
        mismatches.RemoveAll(mismatch => Unsupported.Contains(mismatch.Split(' ')[0]));
        Assert.True(mismatches.Count == 0, $"{mismatches.Count} mismatches:\n{string.Join('\n', mismatches)}");
    }

    private static string Render(JsonElement one, JsonElement shared, TimeProvider clock)
    {
        JinjaTemplate template = JinjaTemplate.Parse(one.GetProperty("template").GetString()!, "snippet", clock, TemplateLimits.Default);
        IEnumerable<JsonProperty> variables = shared.EnumerateObject();
        variables = one.TryGetProperty("variables", out JsonElement own) ? variables.Concat(own.EnumerateObject()) : variables;
        return template.Render(meter => variables.Select(one => KeyValuePair.Create(one.Name, JsonValues.Of(one.Value, meter))));
    }
}
