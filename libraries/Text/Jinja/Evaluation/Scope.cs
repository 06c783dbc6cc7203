using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Evaluation;

/// <summary>Variables of one part of a template; what it doesn't hold, the scope around it may.</summary>
internal sealed class Scope(Scope? around)
{
    private readonly Dictionary<string, Value> _variables = new(StringComparer.Ordinal);

    public void Set(string name, Value value) => _variables[name] = value;

    public Value? Find(string name)
    {
        for (Scope? scope = this; scope is not null; scope = scope.Around)
        {
            if (scope._variables.TryGetValue(name, out Value? value))
            {
                return value;
            }
        }

        return null;
    }

    private Scope? Around { get; } = around;
}
