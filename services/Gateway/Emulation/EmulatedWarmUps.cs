using DaprMoE.Dispatch;
using DaprMoE.Experts;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>
/// Asks emulated devices for warm-ups at once: their clock stands still meanwhile, while another thread would be late by whole layers.
/// </summary>
internal sealed class EmulatedWarmUps(ExpertHost host) : IWarmUps
{
    // Requesters and calls share one space of ids, and calls are numbered from 0.
    private const long Requester = long.MaxValue;

    /// <inheritdoc/>
    public bool TryAsk(int device, ReplicaId replica)
    {
        host.Devices[device].PreWarm(Requester, replica);
        return true;
    }

    /// <inheritdoc/>
    public bool TryCancel(int device, ReplicaId replica)
    {
        host.Devices[device].Cancel(Requester, replica);
        return true;
    }
}
