using System.Collections.Frozen;

namespace DaprMoE.Text.Jinja.Natives;

/// <summary>Filters, tests or functions by name. A new one is one more entry of one of the groups.</summary>
internal sealed class NativeTable(string kind, params IEnumerable<Native>[] groups)
{
    private readonly FrozenDictionary<string, Native> _natives =
        groups.SelectMany(group => group).ToFrozenDictionary(native => native.Name, StringComparer.Ordinal);

    public IEnumerable<Native> Natives => _natives.Values;

    public bool Contains(string name) => _natives.ContainsKey(name);

    public Native Find(string name) =>
        _natives.TryGetValue(name, out Native? native) ? native : throw new JinjaException($"there is no {kind} named '{name}'");
}
