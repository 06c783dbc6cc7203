using DaprMoE.Text.Jinja.Lexing;
using DaprMoE.Text.Jinja.Syntax;

namespace DaprMoE.Text.Jinja.Parsing;

/// <summary>The tags that load other templates. They are read to their end and fail only when they are reached.</summary>
internal sealed class OtherTemplateTags(TemplateParser parser)
{
    public Dictionary<string, Func<Statement>> Entries => new()
    {
        ["include"] = () => Parse("include"),
        ["extends"] = () => Parse("extends"),
        ["import"] = () => Parse("import"),
        ["from"] = () => Parse("from"),
    };

    private OtherTemplate Parse(string tag)
    {
        int line = parser.Tokens.Current.Line;
        while (parser.Tokens.Current.Kind is not (TokenKind.TagEnd or TokenKind.End))
        {
            parser.Tokens.Take();
        }

        return new OtherTemplate(tag, line);
    }
}
