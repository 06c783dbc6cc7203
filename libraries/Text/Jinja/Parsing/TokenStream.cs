using System.Runtime.CompilerServices;
using DaprMoE.Text.Jinja.Lexing;

namespace DaprMoE.Text.Jinja.Parsing;

/// <summary>The tokens of a template, read one by one, with a limit on how deep their reader nests.</summary>
internal sealed class TokenStream(IReadOnlyList<Token> tokens, int maxNesting)
{
    private int _at;
    private int _depth;

    public Token Current => tokens[_at];

    public Token Next => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public Token Take()
    {
        Token token = Current;
        _at = Math.Min(_at + 1, tokens.Count - 1);
        return token;
    }

    public bool IsOperator(string symbol) => Current.Is(TokenKind.Operator, symbol);

    public bool IsName(string name) => Current.Is(TokenKind.Name, name);

    public bool TakeIfOperator(string symbol) => IsOperator(symbol) && Take() is not null;

    public bool TakeIfName(string name) => IsName(name) && Take() is not null;

    public Token Expect(TokenKind kind, string expected) =>
        Current.Kind == kind ? Take() : throw Unexpected(expected);

    public void ExpectOperator(string symbol)
    {
        if (!TakeIfOperator(symbol))
        {
            throw Unexpected($"'{symbol}'");
        }
    }

    public JinjaException Unexpected(string expected) =>
        new($"expected {expected}, found {Current.Described}", line: Current.Line);

    public void Enter()
    {
        if (++_depth > maxNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new JinjaException($"tags and brackets nest deeper than {maxNesting} levels", line: Current.Line);
        }
    }

    public void Leave() => _depth--;
}
