using DaprMoE.Text.Jinja.Lexing;
using DaprMoE.Text.Jinja.Syntax;

namespace DaprMoE.Text.Jinja.Parsing;

/// <summary>Parses what is assigned to: a name, several, or an attribute of a namespace.</summary>
internal sealed class TargetParser(TokenStream tokens)
{
    private static readonly string[] Constants = ["true", "True", "false", "False", "none", "None"];

    public NameTarget ParseName()
    {
        Token name = tokens.Expect(TokenKind.Name, "a name to assign to");
        return Constants.Contains(name.Text)
            ? throw new JinjaException($"can't assign to the constant '{name.Text}'", line: name.Line)
            : new NameTarget(name.Text, name.Line);
    }

    /// <summary>One target, or several with commas between them; only <c>set</c> takes namespaces.</summary>
    public Target Parse(bool takesNamespaces)
    {
        int line = tokens.Current.Line;
        List<Target> items = [ParseOne(takesNamespaces)];
        bool hasComma = false;
        while (tokens.TakeIfOperator(","))
        {
            hasComma = true;
            if (!tokens.IsOperator("(") && (tokens.Current.Kind != TokenKind.Name || tokens.IsName("in")))
            {
                break;
            }

            items.Add(ParseOne(takesNamespaces));
        }

        return hasComma ? new TupleTarget(items, line) : items[0];
    }

    private Target ParseOne(bool takesNamespaces)
    {
        if (tokens.TakeIfOperator("("))
        {
            tokens.Enter();
            Target inner = Parse(takesNamespaces);
            tokens.ExpectOperator(")");
            tokens.Leave();
            return inner;
        }

        NameTarget name = ParseName();
        if (!takesNamespaces || !tokens.TakeIfOperator("."))
        {
            return name;
        }

        string attribute = tokens.Expect(TokenKind.Name, "the name of an attribute").Text;
        return new NamespaceTarget(name.Identifier, attribute, name.Line);
    }
}
