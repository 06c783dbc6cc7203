using DaprMoE.Text.Jinja.Lexing;
using DaprMoE.Text.Jinja.Syntax;

namespace DaprMoE.Text.Jinja.Parsing;

/// <summary>Parses what follows an operand: attributes, items, calls, filters and tests.</summary>
internal sealed class PostfixParser(TokenStream tokens, ExpressionParser expressions)
{
    private readonly CallArgumentsParser _arguments = new(tokens, expressions);

    public Expression Parse(Expression operand)
    {
        while (true)
        {
            int line = tokens.Current.Line;
            if (tokens.TakeIfOperator("."))
            {
                operand = ParseAttribute(operand, line);
            }
            else if (tokens.TakeIfOperator("["))
            {
                operand = new ItemAccess(operand, ParseKey(), line);
                tokens.ExpectOperator("]");
            }
            else if (tokens.IsOperator("("))
            {
                operand = new Call(operand, _arguments.Parse(), line);
            }
            else
            {
                return operand;
            }
        }
    }

    public Expression ParseFiltersAndTests(Expression operand)
    {
        while (true)
        {
            int line = tokens.Current.Line;
            if (tokens.TakeIfOperator("|"))
            {
                operand = ParseFilter(operand);
            }
            else if (tokens.TakeIfName("is"))
            {
                operand = ParseTest(operand, line);
            }
            else if (tokens.IsOperator("("))
            {
                operand = new Call(operand, _arguments.Parse(), line);
            }
            else
            {
                return operand;
            }
        }
    }

    /// <summary>A filter's name and arguments; the bar before it is taken already.</summary>
    public Filter ParseFilter(Expression? subject)
    {
        int line = tokens.Current.Line;
        string name = ParseDottedName("the name of a filter");
        return new Filter(subject, name, tokens.IsOperator("(") ? _arguments.Parse() : CallArguments.None, line);
    }

    private Expression ParseAttribute(Expression operand, int line)
    {
        Token attribute = tokens.Take();
        return attribute switch
        {
            { Kind: TokenKind.Name } => new AttributeAccess(operand, attribute.Text, line),
            { Kind: TokenKind.Number, Literal: Values.IntValue index } => new ItemAccess(operand, new Constant(index, line), line),
            _ => throw new JinjaException($"expected a name or a number after '.', found {attribute.Described}", line: line),
        };
    }

    private Expression ParseKey()
    {
        int line = tokens.Current.Line;
        List<Expression> keys = [];
        while (!tokens.IsOperator("]"))
        {
            keys.Add(ParseKeyOrSlice());
            if (!tokens.TakeIfOperator(","))
            {
                break;
            }
        }

        return keys.Count == 1 ? keys[0] : new TupleLiteral(keys, line);
    }

    private Expression ParseKeyOrSlice()
    {
        int line = tokens.Current.Line;
        Expression? start = tokens.IsOperator(":") ? null : expressions.Parse();
        if (!tokens.TakeIfOperator(":"))
        {
            return start!;
        }

        Expression? stop = AtSliceEnd() || tokens.IsOperator(":") ? null : expressions.Parse();
        Expression? step = !tokens.TakeIfOperator(":") || AtSliceEnd() ? null : expressions.Parse();
        return new Slice(start, stop, step, line);
    }

    private bool AtSliceEnd() => tokens.IsOperator("]") || tokens.IsOperator(",");

    private Expression ParseTest(Expression subject, int line)
    {
        bool negated = tokens.TakeIfName("not");
        string name = ParseDottedName("the name of a test");
        CallArguments arguments = CallArguments.None;
        if (tokens.IsOperator("("))
        {
            arguments = _arguments.Parse();
        }
        else if (StartsOperand())
        {
            arguments = new CallArguments([Parse(expressions.Operands.ParsePrimary())], [], null, null);
        }

        Test test = new(subject, name, arguments, line);
        return negated ? new Negation(test, line) : test;
    }

    private bool StartsOperand() => tokens.Current switch
    {
        { Kind: TokenKind.Name, Text: "is" } => throw tokens.Unexpected("one test; several are joined with 'and'"),
        { Kind: TokenKind.Name } name => name.Text is not ("else" or "or" or "and"),
        { Kind: TokenKind.String or TokenKind.Number } => true,
        _ => tokens.IsOperator("[") || tokens.IsOperator("{"),
    };

    private string ParseDottedName(string expected)
    {
        string name = tokens.Expect(TokenKind.Name, expected).Text;
        while (tokens.TakeIfOperator("."))
        {
            name += "." + tokens.Expect(TokenKind.Name, expected).Text;
        }

        return name;
    }
}
