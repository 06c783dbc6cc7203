using DaprMoE.Text.Jinja.Lexing;
using DaprMoE.Text.Jinja.Syntax;

namespace DaprMoE.Text.Jinja.Parsing;

/// <summary>The tags <c>block</c>, <c>autoescape</c> and <c>generation</c>, which marks what the assistant writes.</summary>
internal sealed class ScopeTags(TemplateParser parser)
{
    public Dictionary<string, Func<Statement>> Entries => new()
    {
        ["block"] = ParseBlock,
        ["autoescape"] = ParseAutoescape,
        ["generation"] = ParseGeneration,
    };

    private Block ParseBlock()
    {
        int line = parser.Tokens.Current.Line;
        string name = parser.Tokens.Expect(TokenKind.Name, "the name of a block").Text;
        parser.Tokens.TakeIfName("scoped");
        parser.Tokens.TakeIfName("required");
        (Body body, _) = parser.ParseBody("block", "endblock");
        parser.Tokens.TakeIfName(name);
        return new Block(body, line);
    }

    private Autoescape ParseAutoescape()
    {
        int line = parser.Tokens.Current.Line;
        Expression enabled = parser.Expressions.Parse();
        return new Autoescape(enabled, parser.ParseBody("autoescape", "endautoescape").Body, line);
    }

    private With ParseGeneration()
    {
        int line = parser.Tokens.Current.Line;
        return new With([], parser.ParseBody("generation", "endgeneration").Body, line);
    }
}
