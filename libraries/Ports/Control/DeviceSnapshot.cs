namespace DaprMoE.Ports;

/// <summary>A device and its replicas at one moment.</summary>
/// <param name="Name">The device's name.</param>
/// <param name="IsAlive">Whether calls go to it.</param>
/// <param name="PlanVersion">Version of the plan that it follows; 0 before the first, as after a restart of its host.</param>
/// <param name="BudgetBytes">Bytes that it may hold; null without a budget.</param>
/// <param name="ResidentBytes">Bytes of the replicas that hold memory.</param>
/// <param name="ReservedBytes">Those and the bytes of free slots that keep their pages.</param>
/// <param name="Replicas">The replicas that hold memory, by layer, expert and copy.</param>
public sealed record DeviceSnapshot(
    string Name,
    bool IsAlive,
    long PlanVersion,
    long? BudgetBytes,
    long ResidentBytes,
    long ReservedBytes,
    IReadOnlyList<ReplicaSnapshot> Replicas);
