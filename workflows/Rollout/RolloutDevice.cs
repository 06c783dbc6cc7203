using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Workflows;

/// <summary>A device as a step finds it.</summary>
/// <param name="Index">Its index, for requests.</param>
/// <param name="Now">What it holds.</param>
internal sealed record RolloutDevice(int Index, DeviceSnapshot Now)
{
    /// <summary>Looks a device up.</summary>
    /// <exception cref="InvalidOperationException">It is not there, or lost.</exception>
    public static async Task<RolloutDevice> FindAsync(IExpertControl control, string name, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeviceSnapshot> all = await control.StateAsync(cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < all.Count; i++)
        {
            if (all[i].Name == name)
            {
                return all[i].IsAlive ? new RolloutDevice(i, all[i]) : throw new InvalidOperationException($"Device '{name}' is lost.");
            }
        }

        IEnumerable<string> names = all.Select(device => $"'{device.Name}'").DefaultIfEmpty("none");
        throw new InvalidOperationException($"There is no device '{name}'; there are {string.Join(", ", names)}.");
    }

    /// <summary>Looks a device up; null when it is lost or not there any more: then it holds nothing, and there is nothing to take from it.</summary>
    /// <param name="control">The devices.</param>
    /// <param name="name">The device's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<RolloutDevice?> TryFindAsync(IExpertControl control, string name, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeviceSnapshot> all = await control.StateAsync(cancellationToken).ConfigureAwait(false);
        int index = all.ToList().FindIndex(device => device.Name == name && device.IsAlive);
        return index < 0 ? null : new RolloutDevice(index, all[index]);
    }

    /// <summary>Looks a device up for a plan that is to stay; null when the plan wants nothing of it and it is lost or not there any more.</summary>
    /// <exception cref="InvalidOperationException">It is not there, or lost, and is to hold replicas.</exception>
    public static async Task<RolloutDevice?> FindForAsync(
        RolloutPlans plans, IExpertControl control, string name, CancellationToken cancellationToken) =>
        plans.StayingOn(name).Count == 0
            ? await TryFindAsync(control, name, cancellationToken).ConfigureAwait(false)
            : await FindAsync(control, name, cancellationToken).ConfigureAwait(false);

    /// <summary>How many of some replicas calls can't use yet.</summary>
    public int NotWarm(IReadOnlyList<ReplicaId> wanted) => wanted
        .Except(Now.Replicas.Where(replica => replica.State is ReplicaState.Warm or ReplicaState.Busy).Select(replica => replica.Replica))
        .Count();

    /// <summary>Replicas that hold no memory.</summary>
    public IReadOnlyList<ReplicaId> Absent(IReadOnlyList<ReplicaId> replicas) =>
        [.. replicas.Except(Now.Replicas.Select(replica => replica.Replica))];

    /// <summary>
    /// Of the replicas that are to leave those that hold memory here. One that the device's plan holds, a newer one then, stays, and so
    /// does a pinned one.
    /// </summary>
    public IReadOnlyList<ReplicaSnapshot> StillHere(IReadOnlyList<ReplicaId> leaving) =>
        [.. Now.Replicas.Where(replica => !replica.IsPlanned && !replica.IsPinned && leaving.Contains(replica.Replica))];
}
