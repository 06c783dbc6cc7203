using DaprMoE.Text.Jinja.Lexing;
using DaprMoE.Text.Jinja.Syntax;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Parsing;

/// <summary>Parses literals, names and tuples.</summary>
internal sealed class OperandParser(TokenStream tokens, ExpressionParser expressions, MacroVariables variables)
{
    private readonly PostfixParser _postfix = new(tokens, expressions);

    public Expression ParsePostfix(Expression operand) => _postfix.Parse(operand);

    public Expression ParseFilters(Expression operand) => _postfix.ParseFiltersAndTests(operand);

    public Filter ParseFilterOf(Expression? subject) => _postfix.ParseFilter(subject);

    public Expression ParsePrimary()
    {
        Token token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                return ParseName(tokens.Take());
            case TokenKind.String:
                return ParseText();
            case TokenKind.Number:
                return new Constant(tokens.Take().Literal!, token.Line);
            case TokenKind.Operator when token.Text == "(":
                tokens.Take();
                Expression inner = ParseTuple(parenthesised: true);
                tokens.ExpectOperator(")");
                return inner;
            case TokenKind.Operator when token.Text == "[":
                return ParseList();
            case TokenKind.Operator when token.Text == "{":
                return ParseDict();
            default:
                throw tokens.Unexpected("a value, a name or a bracket");
        }
    }

    /// <summary>One expression, or several with commas between them.</summary>
    public Expression ParseTuple(bool conditional = true, bool parenthesised = false, string? endName = null)
    {
        int line = tokens.Current.Line;
        List<Expression> items = [];
        bool hasComma = false;
        while (!AtTupleEnd(endName))
        {
            items.Add(expressions.Parse(conditional));
            if (!tokens.TakeIfOperator(","))
            {
                break;
            }

            hasComma = true;
        }

        return items.Count == 1 && !hasComma ? items[0]
            : items.Count == 0 && !parenthesised ? throw tokens.Unexpected("an expression")
            : new TupleLiteral(items, line);
    }

    private bool AtTupleEnd(string? endName) =>
        tokens.Current.Kind is TokenKind.OutputEnd or TokenKind.TagEnd
        || tokens.IsOperator(")")
        || (endName is not null && tokens.IsName(endName));

    private Expression ParseName(Token token)
    {
        switch (token.Text)
        {
            case "true" or "True":
                return new Constant(BoolValue.True, token.Line);
            case "false" or "False":
                return new Constant(BoolValue.False, token.Line);
            case "none" or "None":
                return new Constant(NoneValue.Instance, token.Line);
            default:
                variables.Note(token.Text);
                return new Name(token.Text, token.Line);
        }
    }

    private Constant ParseText()
    {
        Token first = tokens.Take();
        if (tokens.Current.Kind != TokenKind.String)
        {
            return new Constant(first.Literal!, first.Line);
        }

        List<string> parts = [((StringValue)first.Literal!).Text];
        while (tokens.Current.Kind == TokenKind.String)
        {
            parts.Add(((StringValue)tokens.Take().Literal!).Text);
        }

        return new Constant(new StringValue(string.Concat(parts)), first.Line);
    }

    private ListLiteral ParseList()
    {
        int line = tokens.Take().Line;
        List<Expression> items = [];
        while (!tokens.IsOperator("]"))
        {
            items.Add(expressions.Parse());
            if (!tokens.TakeIfOperator(","))
            {
                break;
            }
        }

        tokens.ExpectOperator("]");
        return new ListLiteral(items, line);
    }

    private DictLiteral ParseDict()
    {
        int line = tokens.Take().Line;
        List<(Expression Key, Expression Value)> entries = [];
        while (!tokens.IsOperator("}"))
        {
            Expression key = expressions.Parse();
            tokens.ExpectOperator(":");
            entries.Add((key, expressions.Parse()));
            if (!tokens.TakeIfOperator(","))
            {
                break;
            }
        }

        tokens.ExpectOperator("}");
        return new DictLiteral(entries, line);
    }
}
