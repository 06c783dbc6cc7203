using DaprMoE.Scheduling;

namespace DaprMoE.Ports;

/// <summary>A device at one moment.</summary>
/// <param name="PlanVersion">Version of the plan that it follows; 0 when it follows none, as after a restart of its host.</param>
/// <param name="Replicas">What holds memory there.</param>
public sealed record DeviceState(long PlanVersion, IReadOnlyList<ReplicaStatus> Replicas);
