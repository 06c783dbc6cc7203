namespace DaprMoE.Scheduling;

/// <summary>
/// All that a policy remembers between its decisions, and its buffers. Made by <see cref="IPolicy.CreateState"/>, used by one thread at a
/// time.
/// </summary>
public abstract class PolicyState
{
    /// <summary>An empty memory.</summary>
    /// <param name="setup">Model and box.</param>
    /// <exception cref="SchedulingException">A setup that no policy can work with.</exception>
    protected PolicyState(in PolicySetup setup)
    {
        PolicyChecks.Setup(setup);
        Setup = setup;
    }

    /// <summary>What the state was made for.</summary>
    public PolicySetup Setup { get; }

    /// <summary>The last decision, for observers.</summary>
    public PolicyTrace Trace { get; protected internal set; }

    /// <summary>A policy's own state.</summary>
    internal static T Of<T>(PolicyState state)
        where T : PolicyState
    {
        ArgumentNullException.ThrowIfNull(state);
        return state as T
            ?? throw new ArgumentException(
                $"A {typeof(T).Name} is needed, this is a {state.GetType().Name}: a state of another policy.", nameof(state));
    }

    /// <summary>Replicas that fit on all devices together.</summary>
    internal static long Total(ReadOnlySpan<int> slots)
    {
        long total = 0;
        foreach (int free in slots)
        {
            total += free;
        }

        return total;
    }
}
