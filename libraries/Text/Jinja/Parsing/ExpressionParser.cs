using DaprMoE.Text.Jinja.Lexing;
using DaprMoE.Text.Jinja.Syntax;

namespace DaprMoE.Text.Jinja.Parsing;

/// <summary>Parses expressions from the loosest operator to the tightest.</summary>
internal sealed class ExpressionParser
{
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    private readonly TokenStream _tokens;
    private readonly OperandParser _operands;

    public ExpressionParser(TokenStream tokens, MacroVariables variables)
    {
        _tokens = tokens;
        _operands = new OperandParser(tokens, this, variables);
    }

    public OperandParser Operands => _operands;

    /// <summary>An expression, with <c>a if test else b</c> unless told otherwise.</summary>
    public Expression Parse(bool conditional = true)
    {
        _tokens.Enter();
        Expression parsed = conditional ? ParseConditional() : ParseOr();
        _tokens.Leave();
        return parsed;
    }

    private Expression ParseConditional()
    {
        Expression parsed = ParseOr();
        while (_tokens.IsName("if"))
        {
            int line = _tokens.Take().Line;
            Expression test = ParseOr();
            Expression? otherwise = _tokens.TakeIfName("else") ? Parse() : null;
            parsed = new Conditional(test, parsed, otherwise, line);
        }

        return parsed;
    }

    private Expression ParseOr()
    {
        Expression left = ParseAnd();
        while (_tokens.IsName("or"))
        {
            int line = _tokens.Take().Line;
            left = new Logical(IsAnd: false, left, ParseAnd(), line);
        }

        return left;
    }

    private Expression ParseAnd()
    {
        Expression left = ParseNot();
        while (_tokens.IsName("and"))
        {
            int line = _tokens.Take().Line;
            left = new Logical(IsAnd: true, left, ParseNot(), line);
        }

        return left;
    }

    private Expression ParseNot()
    {
        if (!_tokens.IsName("not"))
        {
            return ParseComparison();
        }

        _tokens.Enter();
        int line = _tokens.Take().Line;
        Negation negation = new(ParseNot(), line);
        _tokens.Leave();
        return negation;
    }

    private Expression ParseComparison()
    {
        int line = _tokens.Current.Line;
        Expression first = ParseSum();
        List<(string Symbol, Expression Operand)> rest = [];
        while (TakeComparison() is { } symbol)
        {
            rest.Add((symbol, ParseSum()));
        }

        return rest.Count == 0 ? first : new Comparison(first, rest, line);
    }

    private string? TakeComparison()
    {
        if (_tokens.Current.Kind == TokenKind.Operator && Comparisons.Contains(_tokens.Current.Text))
        {
            return _tokens.Take().Text;
        }

        if (_tokens.TakeIfName("in"))
        {
            return "in";
        }

        if (!_tokens.IsName("not") || !_tokens.Next.Is(TokenKind.Name, "in"))
        {
            return null;
        }

        _tokens.Take();
        _tokens.Take();
        return "not in";
    }

    private Expression ParseSum() => ParseChain(["+", "-"], ParseConcatenation);

    private Expression ParseConcatenation()
    {
        int line = _tokens.Current.Line;
        List<Expression> parts = [ParseProduct()];
        while (_tokens.TakeIfOperator("~"))
        {
            parts.Add(ParseProduct());
        }

        return parts.Count == 1 ? parts[0] : new Concatenation(parts, line);
    }

    private Expression ParseProduct() => ParseChain(["*", "/", "//", "%"], ParsePower);

    // Jinja's power groups to the left and its sign binds tighter.
    private Expression ParsePower() => ParseChain(["**"], () => ParseSigned(filtered: true));

    private Expression ParseChain(string[] symbols, Func<Expression> parseOperand)
    {
        Expression left = parseOperand();
        while (_tokens.Current.Kind == TokenKind.Operator && symbols.Contains(_tokens.Current.Text))
        {
            Token symbol = _tokens.Take();
            left = new Arithmetical(symbol.Text, left, parseOperand(), symbol.Line);
        }

        return left;
    }

    private Expression ParseSigned(bool filtered)
    {
        _tokens.Enter();
        Expression parsed;
        if (_tokens.IsOperator("-") || _tokens.IsOperator("+"))
        {
            Token sign = _tokens.Take();
            parsed = new Sign(sign.Text == "-", ParseSigned(filtered: false), sign.Line);
        }
        else
        {
            parsed = _operands.ParsePrimary();
        }

        parsed = _operands.ParsePostfix(parsed);
        parsed = filtered ? _operands.ParseFilters(parsed) : parsed;
        _tokens.Leave();
        return parsed;
    }
}
