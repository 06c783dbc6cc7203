using DaprMoE.Scheduling;

namespace DaprMoE.Autoscaler;

/// <summary>The policy by which plans are made; it can be switched while the server runs. Safe for any thread.</summary>
public sealed class ActivePolicy
{
    private volatile IPolicy _current;

    /// <param name="name">The policy to begin with.</param>
    /// <exception cref="SchedulingException">There is no such policy, or it is for the simulator only.</exception>
    public ActivePolicy(string name) => _current = Live(name);

    /// <summary>The policy's name.</summary>
    public string Name => _current.Name;

    internal IPolicy Current => _current;

    /// <summary>Lets another policy make the plans, from the next look on.</summary>
    /// <exception cref="SchedulingException">There is no such policy, or it is for the simulator only; the one before stays.</exception>
    public void Switch(string name) => _current = Live(name);

    private static IPolicy Live(string name)
    {
        IPolicy policy = PolicyRegistry.Create(name);
        return policy.Traits.Live
            ? policy
            : throw new SchedulingException(
                SchedulingError.BadMode,
                $"Policy '{name}' is for the simulator only; live ones are {string.Join(", ", PolicyRegistry.Names.Where(IsLive))}.");
    }

    private static bool IsLive(string name) => PolicyRegistry.Create(name).Traits.Live;
}
