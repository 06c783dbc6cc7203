using DaprMoE.Text.Jinja.Syntax;

namespace DaprMoE.Text.Jinja.Parsing;

/// <summary>The tags <c>if</c>, <c>for</c>, <c>break</c>, <c>continue</c>, <c>print</c>.</summary>
internal sealed class ControlTags(TemplateParser parser)
{
    public Dictionary<string, Func<Statement>> Entries => new()
    {
        ["if"] = ParseIf,
        ["for"] = ParseFor,
        ["break"] = () => new Break(InLoop("break")),
        ["continue"] = () => new Continue(InLoop("continue")),
        ["print"] = () => new ValueOutput(parser.Expressions.Operands.ParseTuple(), parser.Tokens.Current.Line),
    };

    private If ParseIf()
    {
        int line = parser.Tokens.Current.Line;
        List<(Expression Test, Body Then)> branches = [];
        Body otherwise = Body.Empty;
        string end = "elif";
        while (end == "elif")
        {
            Expression test = parser.Expressions.Operands.ParseTuple(conditional: false);
            (Body then, end) = parser.ParseBody("if", "elif", "else", "endif");
            branches.Add((test, then));
        }

        if (end == "else")
        {
            (otherwise, _) = parser.ParseBody("else", "endif");
        }

        return new If(branches, otherwise, line);
    }

    private For ParseFor()
    {
        int line = parser.Tokens.Current.Line;
        Target target = parser.Targets.Parse(takesNamespaces: false);
        if (!parser.Tokens.TakeIfName("in"))
        {
            throw parser.Tokens.Unexpected("'in'");
        }

        Expression items = parser.Expressions.Operands.ParseTuple(conditional: false, endName: "recursive");
        Expression? accepts = parser.Tokens.TakeIfName("if") ? parser.Expressions.Parse() : null;
        bool isRecursive = parser.Tokens.TakeIfName("recursive");
        parser.LoopDepth++;
        (Body body, string end) = parser.ParseBody("for", "else", "endfor");
        parser.LoopDepth--;
        Body otherwise = end == "else" ? parser.ParseBody("else", "endfor").Body : Body.Empty;
        return new For(target, items, accepts, isRecursive, body, otherwise, line);
    }

    private int InLoop(string tag)
    {
        int line = parser.Tokens.Current.Line;
        return parser.LoopDepth > 0 ? line : throw new JinjaException($"'{tag}' stands outside of a loop", line: line);
    }
}
