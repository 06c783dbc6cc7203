namespace DaprMoE.Scheduling;

/// <summary>
/// All that a policy remembers between its decisions, and its buffers. Made by <see cref="IPolicy.CreateState"/>, used by one thread at a time.
/// </summary>
public abstract class PolicyState
{
    /// <summary>An empty memory.</summary>
    protected PolicyState(in PolicySetup setup) => Setup = setup;

    /// <summary>What the state was made for.</summary>
    public PolicySetup Setup { get; }

    /// <summary>The last decision, for observers.</summary>
    public PolicyTrace Trace { get; protected internal set; }
}
