using DaprMoE.Scheduling;

namespace DaprMoE.Ports;

/// <summary>
/// What the devices of expert hosts are asked beside the calls of experts. A host owns its residency: these are requests, and it says
/// which it does not follow. All of them can be repeated without harm.
/// </summary>
public interface IExpertControl
{
    /// <summary>
    /// Tells a device the plan that it is to follow: it loads what is missing and holds it for the plan. Replicas of older plans are no
    /// longer held, but stay until memory or their keep-alive runs out. It does not wait for the loads.
    /// </summary>
    /// <param name="device">The device's name.</param>
    /// <param name="plan">The plan of that device; one that is not newer than what it follows changes nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ExpertControlException">The device can't be reached.</exception>
    Task<DevicePlanAnswer> WarmAsync(string device, DevicePlan plan, CancellationToken cancellationToken);

    /// <summary>What a device holds; this wakes no replica.</summary>
    /// <param name="device">The device's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ExpertControlException">The device can't be reached.</exception>
    Task<DeviceState> StateAsync(string device, CancellationToken cancellationToken);

    /// <summary>Lets replicas go: they take no new calls and leave when those that hold them have ended.</summary>
    /// <param name="device">The device's name.</param>
    /// <param name="replicas">The replicas.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Those that stay, pinned ones; one that is not there has gone already and is not among them.</returns>
    /// <exception cref="ExpertControlException">The device can't be reached.</exception>
    Task<IReadOnlyList<RefusedReplica>> DrainAsync(string device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken);

    /// <summary>Frees the memory of replicas that no call holds.</summary>
    /// <param name="device">The device's name.</param>
    /// <param name="replicas">The replicas.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Those that are still there, with why.</returns>
    /// <exception cref="ExpertControlException">The device can't be reached.</exception>
    Task<IReadOnlyList<RefusedReplica>> EvictAsync(string device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken);
}
