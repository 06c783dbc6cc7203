using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>The policies that a server may run.</summary>
internal static class LivePolicies
{
    /// <summary>What there is to do about a server that has nothing to decide.</summary>
    public const string NoChoice =
        "since one device maps every expert and no other policy has anything to decide. Give more --devices, or --device-memory.";

    /// <summary>Their names, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. PolicyRegistry.Names.Where(name => PolicyRegistry.Create(name).Traits.Live)];

    /// <summary>The policy of a server that was told none.</summary>
    public static string Default(bool hasChoice) => hasChoice ? "auto" : PolicyNames.Static;

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
