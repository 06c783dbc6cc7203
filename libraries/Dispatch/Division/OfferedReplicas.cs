using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>
/// The replicas that may be called now: those that the fast loop knows, or those of the routing table where there is none, without the
/// ones on devices that failed. An expert that has none left is loaded on demand: where the fast loop wants it, or as copy 0 on its static
/// home among the alive devices.
/// </summary>
internal sealed class OfferedReplicas
{
    private readonly LayerPlan _plan;
    private readonly FastLoop? _loop;
    private int[] _devices = [];
    private int _deviceCount;

    public OfferedReplicas(int maxExperts, FastLoop? loop)
    {
        _loop = loop;
        // Grows the plan's buffers, so that the first misses of a warm server allocate nothing.
        _plan = new LayerPlan(maxExperts, devices: 1);
        for (int expert = 0; expert < maxExperts; expert++)
        {
            _plan.Add(expert, index: 0, device: 0);
        }

        _plan.Seal();
    }

    /// <summary>Experts that had none.</summary>
    public int Misses { get; private set; }

    /// <param name="table">The routing table; a device is alive that has not failed.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="runs">The experts that have tokens.</param>
    /// <param name="faults">The devices that failed.</param>
    public LayerPlan Of(RoutingTable table, int layer, ReadOnlySpan<ExpertRun> runs, DeviceFaults faults)
    {
        Misses = 0;
        LayerPlan plan = _loop?.Alive(layer, table) ?? table.Layer(layer);
        return faults.Count == 0 && HasAll(plan, runs) ? plan : Patch(table, plan, layer, runs, faults);
    }

    private static bool HasAll(LayerPlan plan, ReadOnlySpan<ExpertRun> runs)
    {
        foreach (ExpertRun run in runs)
        {
            if (plan.CountOf(run.Expert) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private LayerPlan Patch(RoutingTable table, LayerPlan plan, int layer, ReadOnlySpan<ExpertRun> runs, DeviceFaults faults)
    {
        FindDevices(table.Alive, faults);
        _plan.Reset(plan.Experts, plan.Devices);
        foreach (ExpertRun run in runs)
        {
            int offered = 0;
            foreach (PlannedReplica replica in plan.ReplicasOf(run.Expert))
            {
                if (!faults.Has(replica.Device))
                {
                    _plan.Add(replica.Expert, replica.Index, replica.Device);
                    offered++;
                }
            }

            if (offered == 0)
            {
                PlannedReplica cold = _loop?.ColdStart(layer, run.Expert, faults)
                    ?? new PlannedReplica(run.Expert, Index: 0, HomeOf(run.Expert, plan.Experts, table.Alive, faults));
                _plan.Add(cold.Expert, cold.Index, cold.Device);
                Misses++;
            }
        }

        _plan.Seal();
        return _plan;
    }

    /// <summary>The same home for every layer and retry while the device is alive; another one only where it has failed.</summary>
    private int HomeOf(int expert, int experts, ReadOnlySpan<int> alive, DeviceFaults faults)
    {
        int home = alive[StaticPlacement.DeviceOf(expert, experts, alive.Length)];
        return faults.Has(home) ? _devices[StaticPlacement.DeviceOf(expert, experts, _deviceCount)] : home;
    }

    private void FindDevices(ReadOnlySpan<int> alive, DeviceFaults faults)
    {
        if (_devices.Length < alive.Length)
        {
            _devices = new int[alive.Length];
        }

        _deviceCount = 0;
        foreach (int device in alive)
        {
            if (!faults.Has(device))
            {
                _devices[_deviceCount++] = device;
            }
        }
    }
}
