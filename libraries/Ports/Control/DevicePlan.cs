using DaprMoE.Scheduling;

namespace DaprMoE.Ports;

/// <summary>What a plan holds on one device.</summary>
/// <param name="Version">The plan's version.</param>
/// <param name="Replicas">The replicas, in the order in which they are to be loaded.</param>
/// <param name="KeepAlive">Longest idle time of all other replicas of the device.</param>
public sealed record DevicePlan(long Version, IReadOnlyList<ReplicaId> Replicas, TimeSpan KeepAlive);
