using DaprMoE.Scheduling;

namespace DaprMoE.Ports;

/// <summary>
/// What is asked of devices beside calls. Everything is a wish: a device refuses what it has no room for, and one that is lost refuses all.
/// A refusal is a sentence that names the replica and the reason. Safe for any thread.
/// </summary>
public interface IExpertControl
{
    /// <summary>Loads replicas ahead of use, into free memory only.</summary>
    /// <param name="device">The device, by index.</param>
    /// <param name="replicas">The replicas.</param>
    /// <param name="cancellationToken">Ends waiting for the answer.</param>
    /// <returns>The refusals.</returns>
    Task<IReadOnlyList<string>> WarmAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken);

    /// <summary>Takes warm-ups back; those that others need go on.</summary>
    Task<IReadOnlyList<string>> CancelAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken);

    /// <summary>Has a device follow a plan: its replicas are held, all others go when they were idle long enough.</summary>
    /// <param name="device">The device, by index.</param>
    /// <param name="version">Above that of the plan that it follows.</param>
    /// <param name="replicas">The plan's replicas on the device, in the order to load them.</param>
    /// <param name="keepAlive">Longest idle time of others; <see cref="Timeout.InfiniteTimeSpan"/>: until their memory is needed.</param>
    /// <param name="retained">
    /// Replicas there that the plan replaces: no keep-alive ends them, but pressure may. Whoever sends the plan drains them once their
    /// successors are warm.
    /// </param>
    /// <param name="cancellationToken">Ends waiting for the answer.</param>
    /// <returns>The refusals.</returns>
    Task<IReadOnlyList<string>> PlanAsync(
        int device,
        long version,
        IReadOnlyList<ReplicaId> replicas,
        TimeSpan keepAlive,
        IReadOnlyList<ReplicaId> retained,
        CancellationToken cancellationToken);

    /// <summary>Lets replicas go once the calls that hold them have ended; idle ones go at once.</summary>
    Task<IReadOnlyList<string>> DrainAsync(int device, IReadOnlyList<ReplicaId> replicas, CancellationToken cancellationToken);

    /// <summary>Gives back the memory of all of a device's replicas that are not pinned.</summary>
    Task<IReadOnlyList<string>> EvictAsync(int device, CancellationToken cancellationToken);

    /// <summary>What the devices hold, by index; a lost device holds nothing. Asking wakes no expert.</summary>
    Task<IReadOnlyList<DeviceSnapshot>> StateAsync(CancellationToken cancellationToken);
}
