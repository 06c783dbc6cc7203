using System.Collections.Frozen;

namespace DaprMoE.Scheduling;

/// <summary>The policies by name. A new policy is a folder beside this file and one line here.</summary>
public static class PolicyRegistry
{
    private static readonly FrozenDictionary<string, Func<PolicyOptions, IPolicy>> ByName =
        new Dictionary<string, Func<PolicyOptions, IPolicy>>(StringComparer.Ordinal)
        {
            [PolicyNames.Static] = _ => new StaticPolicy(),
            ["eplb"] = options => new EplbPolicy(options.Eplb),
            ["moeless"] = options => new MoelessPolicy(options.Moeless),
            ["auto"] = options => new AutoPolicy(options.Auto),
            ["capacity-oracle"] = _ => new CapacityOraclePolicy(),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All names, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Makes the policy of this name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">Options of all policies; null = defaults.</param>
    /// <exception cref="SchedulingException">No policy has this name (the message lists those there are), or an option is out of
    /// range.</exception>
    public static IPolicy Create(string name, PolicyOptions? options = null) =>
        ByName.TryGetValue(name, out Func<PolicyOptions, IPolicy>? create)
            ? create(options ?? new PolicyOptions())
            : throw Check.UnknownName("policy", name, Names);
}
