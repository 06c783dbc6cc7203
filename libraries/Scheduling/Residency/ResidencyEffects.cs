using System.Runtime.InteropServices;

namespace DaprMoE.Scheduling;

/// <summary>What events led to. The caller owns it, reads it and clears it; its memory is reused.</summary>
public sealed class ResidencyEffects
{
    private readonly List<ResidencyEffect> _commands = [];
    private readonly List<ResidencyTransition> _transitions = [];

    /// <summary>What to do, in this order: memory is freed before it is taken again.</summary>
    public ReadOnlySpan<ResidencyEffect> Commands => CollectionsMarshal.AsSpan(_commands);

    /// <summary>The changes of state, in order.</summary>
    public ReadOnlySpan<ResidencyTransition> Transitions => CollectionsMarshal.AsSpan(_transitions);

    /// <summary>Forgets all of it.</summary>
    public void Clear()
    {
        _commands.Clear();
        _transitions.Clear();
    }

    internal void Add(in ResidencyEffect command) => _commands.Add(command);

    internal void Add(in ResidencyTransition transition) => _transitions.Add(transition);
}
