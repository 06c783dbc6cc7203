namespace DaprMoE.Scheduling;

/// <summary>What a split rule needs to know besides loads and plan.</summary>
/// <param name="Time">Time of a replica.</param>
/// <param name="Crossover">Tokens below which another replica of an expert is not woken; 0 wakes all.</param>
public readonly record struct SplitContext(TimeModel Time, double Crossover)
{
    /// <summary>A context with the crossover of the time model.</summary>
    public SplitContext(TimeModel time)
        : this(time, time.Crossover)
    {
    }
}
