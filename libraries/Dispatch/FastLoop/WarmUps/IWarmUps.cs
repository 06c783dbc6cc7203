using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>Asks devices to load replicas ahead of use. Nothing here waits or allocates: the engine's thread calls it.</summary>
public interface IWarmUps
{
    /// <summary>Asks for a replica on a device.</summary>
    /// <returns>Whether the wish is on its way; false when too many are already.</returns>
    bool TryAsk(int device, ReplicaId replica);

    /// <summary>Takes a wish back, if its load is not done.</summary>
    /// <returns>Whether that is on its way; false when too much is already.</returns>
    bool TryCancel(int device, ReplicaId replica);
}
