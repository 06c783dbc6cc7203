namespace DaprMoE.Scheduling;

/// <summary>Memory x time of replicas, exact, in byte-microseconds, divided by what the memory was held for.</summary>
/// <param name="Loading">From the reservation until the weights are there.</param>
/// <param name="Active">Warm while the replica's own layer runs: the active meter.</param>
/// <param name="Idle">Warm while it does not.</param>
public readonly record struct MemoryParts(Int128 Loading, Int128 Active, Int128 Idle)
{
    /// <summary>All of it: the residency meter.</summary>
    public Int128 Residency => Loading + Active + Idle;

    /// <summary>Part by part.</summary>
    public static MemoryParts operator +(MemoryParts left, MemoryParts right) => Add(left, right);

    /// <summary>Part by part.</summary>
    public static MemoryParts Add(MemoryParts left, MemoryParts right) =>
        new(left.Loading + right.Loading, left.Active + right.Active, left.Idle + right.Idle);
}
