using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>The policies that a server may run.</summary>
internal static class LivePolicies
{
    /// <summary>Their names, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. PolicyRegistry.Names.Where(name => PolicyRegistry.Create(name).Traits.Live)];

    /// <summary>Allows these names only.</summary>
    /// <exception cref="PolicyRefusedException">It is none of them; the message lists them.</exception>
    public static void Require(string name)
    {
        if (!Names.Contains(name))
        {
            throw new PolicyRefusedException(
                PolicyRegistry.Names.Contains(name)
                    ? $"Policy '{name}' is for the simulator only; a server can run {string.Join(", ", Names)}."
                    : $"There is no policy '{name}'; there are {string.Join(", ", Names)}.",
                isUnknown: true);
        }
    }
}
