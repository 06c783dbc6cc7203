using System.Text;

namespace DaprMoE.Gateway.Tests;

/// <summary>Holds docs/api.md to the parameter tables.</summary>
public sealed class ApiReferenceTests
{
    private const string Begin = "<!-- parameters: begin -->\n";
    private const string End = "<!-- parameters: end -->";

    [Fact]
    public void ApiReference_Parameters_AreThoseOfTheTables()
    {
        string path = Path.Combine(Repository.Root, "docs", "api.md");
        string text = File.ReadAllText(path);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = text.IndexOf(End, StringComparison.Ordinal);
        string expected = Reference();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, string.Concat(text.AsSpan(0, begin), expected, text.AsSpan(end)));
            return;
        }

        Assert.Equal(expected, text[begin..end]);
    }

    private static string Reference()
    {
        StringBuilder text = new();
        Append(text, "/v1/chat/completions", ChatParameters.Table);
        Append(text, "/v1/completions", CompletionParameters.Table);
        Append(text, "stream_options", SharedParameters.StreamOptionsTable);
        Append(text, "daprmoe", SharedParameters.ExtensionsTable);
        Append(text, "/tokenize", TokenizeParameters.Table);
        Append(text, "/detokenize", DetokenizeParameters.Table);
        Append(text, "/v1/policy", PolicyParameters.Table);
        return text.ToString();
    }

    private static void Append<T>(StringBuilder text, string title, ParameterTable<T> table)
    {
        text.Append("\n### `").Append(title).Append("`\n\n| parameter | allowed | what |\n|---|---|---|\n");
        foreach (Parameter<T> parameter in table.All)
        {
            text.Append("| `").Append(parameter.Name).Append("` | ").Append(parameter.Allowed).Append(" | ")
                .Append(parameter.Description).Append(" |\n");
        }
    }
}
