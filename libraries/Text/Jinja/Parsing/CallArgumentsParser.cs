using DaprMoE.Text.Jinja.Lexing;
using DaprMoE.Text.Jinja.Syntax;

namespace DaprMoE.Text.Jinja.Parsing;

/// <summary>Parses the arguments of a call: positional, named, <c>*more</c>, <c>**named</c>, in this order.</summary>
internal sealed class CallArgumentsParser(TokenStream tokens, ExpressionParser expressions)
{
    public CallArguments Parse()
    {
        tokens.ExpectOperator("(");
        List<Expression> positional = [];
        List<(string Name, Expression Value)> named = [];
        Expression? more = null;
        Expression? moreNamed = null;
        while (!tokens.IsOperator(")"))
        {
            Require(moreNamed is null);
            if (tokens.TakeIfOperator("*"))
            {
                Require(more is null);
                more = expressions.Parse();
            }
            else if (tokens.TakeIfOperator("**"))
            {
                moreNamed = expressions.Parse();
            }
            else if (tokens.Current.Kind == TokenKind.Name && tokens.Next.Is(TokenKind.Operator, "="))
            {
                string name = tokens.Take().Text;
                tokens.Take();
                named.Add((name, expressions.Parse()));
            }
            else
            {
                Require(more is null && named.Count == 0);
                positional.Add(expressions.Parse());
            }

            if (!tokens.TakeIfOperator(","))
            {
                break;
            }
        }

        tokens.ExpectOperator(")");
        return new CallArguments(positional, named, more, moreNamed);
    }

    private void Require(bool inOrder)
    {
        if (!inOrder)
        {
            throw tokens.Unexpected("positional arguments first, then named ones, then '**'");
        }
    }
}
