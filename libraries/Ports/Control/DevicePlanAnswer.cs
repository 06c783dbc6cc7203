namespace DaprMoE.Ports;

/// <summary>What a device says to a plan.</summary>
/// <param name="Version">Version of the plan that it follows now: that of the request, or a newer one.</param>
/// <param name="Refused">Replicas that it will not load.</param>
public sealed record DevicePlanAnswer(long Version, IReadOnlyList<RefusedReplica> Refused);
