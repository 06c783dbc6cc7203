using DaprMoE.Text.Jinja.Lexing;
using DaprMoE.Text.Jinja.Syntax;

namespace DaprMoE.Text.Jinja.Parsing;

/// <summary>The tags <c>set</c> and <c>with</c>.</summary>
internal sealed class AssignmentTags(TemplateParser parser)
{
    public Dictionary<string, Func<Statement>> Entries => new()
    {
        ["set"] = ParseSet,
        ["with"] = ParseWith,
    };

    private Statement ParseSet()
    {
        int line = parser.Tokens.Current.Line;
        Target target = parser.Targets.Parse(takesNamespaces: true);
        if (parser.Tokens.TakeIfOperator("="))
        {
            return new Set(target, parser.Expressions.Operands.ParseTuple(), line);
        }

        Filter? filter = null;
        while (parser.Tokens.TakeIfOperator("|"))
        {
            filter = parser.Expressions.Operands.ParseFilterOf(filter);
        }

        return new SetBlock(target, filter, parser.ParseBody("set", "endset").Body, line);
    }

    private With ParseWith()
    {
        int line = parser.Tokens.Current.Line;
        List<(Target Target, Expression Value)> bindings = [];
        while (parser.Tokens.Current.Kind != TokenKind.TagEnd)
        {
            if (bindings.Count > 0)
            {
                parser.Tokens.ExpectOperator(",");
            }

            NameTarget target = parser.Targets.ParseName();
            parser.Tokens.ExpectOperator("=");
            bindings.Add((target, parser.Expressions.Parse()));
        }

        return new With(bindings, parser.ParseBody("with", "endwith").Body, line);
    }
}
