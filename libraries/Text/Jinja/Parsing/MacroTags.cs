using DaprMoE.Text.Jinja.Syntax;

namespace DaprMoE.Text.Jinja.Parsing;

/// <summary>The tags <c>macro</c>, <c>call</c>, <c>filter</c>.</summary>
internal sealed class MacroTags(TemplateParser parser)
{
    public Dictionary<string, Func<Statement>> Entries => new()
    {
        ["macro"] = ParseMacro,
        ["call"] = ParseCall,
        ["filter"] = ParseFilter,
    };

    private MacroDefinition ParseMacro()
    {
        int line = parser.Tokens.Current.Line;
        string name = parser.Targets.ParseName().Identifier;
        (MacroSignature signature, Body body) = ParseCallable(ParseParameters(), "macro", "endmacro");
        return new MacroDefinition(name, signature, body, line);
    }

    private CallBlock ParseCall()
    {
        int line = parser.Tokens.Current.Line;
        List<(string Name, Expression? Default)> parameters = parser.Tokens.IsOperator("(") ? ParseParameters() : [];
        if (parser.Expressions.Parse() is not Call call)
        {
            throw new JinjaException("expected the call of a macro after 'call'", line: line);
        }

        (MacroSignature signature, Body body) = ParseCallable(parameters, "call", "endcall");
        return new CallBlock(signature, call, body, line);
    }

    private FilterBlock ParseFilter()
    {
        int line = parser.Tokens.Current.Line;
        Filter filter = parser.Expressions.Operands.ParseFilterOf(null);
        while (parser.Tokens.TakeIfOperator("|"))
        {
            filter = parser.Expressions.Operands.ParseFilterOf(filter);
        }

        return new FilterBlock(filter, parser.ParseBody("filter", "endfilter").Body, line);
    }

    private (MacroSignature Signature, Body Body) ParseCallable(
        List<(string Name, Expression? Default)> parameters, string tag, string end)
    {
        int loops = parser.LoopDepth;
        parser.LoopDepth = 0;
        (MacroSignature Signature, Body Body) parsed = parser.Variables.Within(parameters, () => parser.ParseBody(tag, end).Body);
        parser.LoopDepth = loops;
        return parsed;
    }

    private List<(string Name, Expression? Default)> ParseParameters()
    {
        parser.Tokens.ExpectOperator("(");
        List<(string Name, Expression? Default)> parameters = [];
        while (!parser.Tokens.IsOperator(")"))
        {
            if (parameters.Count > 0)
            {
                parser.Tokens.ExpectOperator(",");
            }

            NameTarget name = parser.Targets.ParseName();
            Expression? value = parser.Tokens.TakeIfOperator("=") ? parser.Expressions.Parse() : null;
            if (value is null && parameters.Count > 0 && parameters[^1].Default is not null)
            {
                throw new JinjaException($"the parameter '{name.Identifier}' needs a default, as the one before has one", line: name.Line);
            }

            parameters.Add((name.Identifier, value));
        }

        parser.Tokens.ExpectOperator(")");
        return parameters;
    }
}
