using System.Collections.Frozen;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Natives;

/// <summary>The methods of one type, and Python's methods of it that would change the value and are refused.</summary>
internal sealed class MethodTable(IEnumerable<Native> methods, string refused = "")
{
    private readonly FrozenDictionary<string, Native> _methods =
        methods.ToFrozenDictionary(native => native.Name, StringComparer.Ordinal);

    private readonly FrozenSet<string> _refused = refused.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The method bound to its owner; null when the type has none of the name.</summary>
    public Value? Bind(Value owner, string name)
    {
        if (_methods.TryGetValue(name, out Native? native))
        {
            return new FunctionValue(native, owner);
        }

        return _refused.Contains(name) ? UndefinedValue.Unsafe(owner, name) : null;
    }
}
