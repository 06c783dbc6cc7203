namespace DaprMoE.Dispatch;

/// <summary>
/// How many replicas of a layer each device can hold: what it holds of it, and what fits into its free memory once all experts of other
/// layers that have no replica have found their home there. So copies take only what one of each expert leaves.
/// </summary>
internal sealed class LayerRoom(LiveReplicas replicas, LoopLayer[] layers)
{
    /// <summary>Loads that a device is asked for at a time: one runs, one waits.</summary>
    private const int MostLoads = 2;

    /// <param name="layer">The layer.</param>
    /// <param name="devices">The alive devices.</param>
    /// <param name="slots">Receives the replicas of the layer that each alive device can hold.</param>
    public void Count(LoopLayer layer, AliveDevices devices, Span<int> slots)
    {
        long bytes = Math.Max(1, replicas.ExpertBytes(layer.Layer));
        for (int number = 0; number < devices.Count; number++)
        {
            int device = devices.DeviceOf(number);
            long free = replicas.FreeBytes(device);
            slots[number] = free == long.MaxValue
                ? layer.View.HeldOn[device] + layer.View.Experts
                : layer.View.HeldOn[device] + (int)Math.Min(int.MaxValue / 2, Math.Max(0, free - Reserved(layer, device)) / bytes);
        }
    }

    /// <summary>Whether a device can be asked for another replica of a layer now.</summary>
    public bool CanLoad(LoopLayer layer, int device)
    {
        long waiting = 0;
        int loads = 0;
        foreach (LoopLayer other in layers)
        {
            waiting += other.View.WaitingOn[device] * replicas.ExpertBytes(other.Layer);
            loads += other.View.WaitingOn[device] + other.View.LoadingOn[device];
        }

        return loads < MostLoads && replicas.FreeBytes(device) - waiting >= replicas.ExpertBytes(layer.Layer);
    }

    private long Reserved(LoopLayer layer, int device)
    {
        long bytes = 0;
        foreach (LoopLayer other in layers)
        {
            int experts = other.View.WaitingOn[device] + (other == layer ? 0 : other.View.MissingOn[device]);
            bytes += experts * replicas.ExpertBytes(other.Layer);
        }

        return bytes;
    }
}
