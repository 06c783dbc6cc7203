using System.Collections.Frozen;

namespace DaprMoE.Scheduling;

/// <summary>The split rules by name.</summary>
public static class SplitRules
{
    private static readonly FrozenDictionary<string, ISplitRule> ByName = new ISplitRule[]
    {
        new EvenSplit(),
        new EvenCrossoverSplit(),
        new BalancedSplit(),
        new BalancedCrossoverSplit(),
    }.ToFrozenDictionary(rule => rule.Name, StringComparer.Ordinal);

    /// <summary>All names, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The rule of this name.</summary>
    /// <exception cref="SchedulingException">No rule has this name; the message lists those there are.</exception>
    public static ISplitRule Get(string name) =>
        ByName.TryGetValue(name, out ISplitRule? rule)
            ? rule
            : throw Check.UnknownName("split rule", name, Names);
}
