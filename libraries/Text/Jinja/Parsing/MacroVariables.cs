using DaprMoE.Text.Jinja.Syntax;

namespace DaprMoE.Text.Jinja.Parsing;

/// <summary>Notes which special variables the macros being parsed read: only those that do take the arguments behind them.</summary>
internal sealed class MacroVariables
{
    private readonly Stack<HashSet<string>> _open = new();

    public void Note(string name)
    {
        if (name is not ("caller" or "varargs" or "kwargs"))
        {
            return;
        }

        foreach (HashSet<string> macro in _open)
        {
            macro.Add(name);
        }
    }

    /// <summary>Parses a macro's body and completes its signature.</summary>
    public (MacroSignature Signature, Body Body) Within(IReadOnlyList<(string Name, Expression? Default)> parameters, Func<Body> parse)
    {
        HashSet<string> read = [];
        _open.Push(read);
        Body body = parse();
        _open.Pop();
        return (new MacroSignature(parameters, read.Contains("caller"), read.Contains("varargs"), read.Contains("kwargs")), body);
    }
}
