using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// One device of an expert host: memory that holds replicas, and a backend that computes them. It alone decides what is resident;
/// others ask.
/// All members but <see cref="IDisposable.Dispose"/> may be called from any thread.
/// </summary>
public interface IExpertDevice : IDisposable
{
    /// <summary>The device's name, unique among those of a gateway: <c>{host}-{n}</c>.</summary>
    string Name { get; }

    /// <summary>What its memory holds now.</summary>
    DeviceMemory Memory { get; }

    /// <summary>Version of the plan that is followed; null before the first.</summary>
    long? PlanVersion { get; }

    /// <summary>
    /// Begins a call: the experts are wanted from here on and their loads run. Returns at once; refusals come with <see cref="Forward"/>.
    /// </summary>
    /// <param name="call">Names the call among those that the device has open; at least 0.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="groups">The replicas, each once; copied.</param>
    /// <param name="timeout">How long the call may wait for experts, from now on; above zero.</param>
    /// <exception cref="ArgumentException">A call of this name is open.</exception>
    void Start(long call, int layer, ReadOnlySpan<ReplicaGroup> groups, TimeSpan timeout);

    /// <summary>
    /// Ends a started call: waits until it holds its experts, computes, gives them back; in waves where they do not fit together.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="work">The rows; layer and groups are those of the start.</param>
    /// <returns>How it ended, and what it cost. Where it is not done, some rows of the output may be written.</returns>
    /// <exception cref="InvalidOperationException">The call was not started, or has ended.</exception>
    ExpertOutcome Forward(long call, in ExpertWork work);

    /// <summary>Loads a replica ahead of calls, into free memory only.</summary>
    /// <param name="requester">Who asks, and may cancel; at least 0.</param>
    /// <param name="replica">The replica.</param>
    RequestAnswer PreWarm(long requester, ReplicaId replica);

    /// <summary>The requester of a pre-warm needs it no longer. Without effect when it is warm, or others need it.</summary>
    void Cancel(long requester, ReplicaId replica);

    /// <summary>
    /// Follows a plan: its replicas are loaded as memory allows and are held; all others go when they were idle long enough.
    /// </summary>
    /// <param name="version">Above that of the plan that is followed.</param>
    /// <param name="replicas">The plan's replicas on this device, in the order to load them.</param>
    /// <param name="keepAlive">Longest idle time of others; <see cref="Timeout.InfiniteTimeSpan"/>: until their memory is needed.</param>
    /// <param name="retained">
    /// Replicas of this device that the plan replaces: no keep-alive ends them, but pressure may. Whoever sends the plan drains them once
    /// their successors are warm.
    /// </param>
    /// <returns>What is not followed: one entry for a stale plan, otherwise the replicas that can't be held.</returns>
    IReadOnlyList<ReplicaRefusal> Plan(
        long version, ReadOnlyMemory<ReplicaId> replicas, TimeSpan keepAlive, ReadOnlyMemory<ReplicaId> retained = default);

    /// <summary>How likely each expert of a layer is used by its next run, 0 to 1; what is used soonest is evicted last.</summary>
    void Forecast(int layer, ReadOnlyMemory<float> chances);

    /// <summary>A replica takes no new calls and goes when those that hold it have ended.</summary>
    RequestAnswer Drain(ReplicaId replica);

    /// <summary>A resident replica stays whatever comes.</summary>
    RequestAnswer Pin(ReplicaId replica);

    /// <summary>A replica need not stay.</summary>
    void Unpin(ReplicaId replica);

    /// <summary>Gives back the memory of all that is not pinned; what calls hold goes when they end.</summary>
    void ScaleToZero();

    /// <summary>The replicas that hold memory, by layer, expert and copy. Asking wakes none and resets no timer.</summary>
    IReadOnlyList<ReplicaStatus> Replicas();
}
