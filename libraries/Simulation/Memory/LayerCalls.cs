using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>
/// Calls the replicas of a layer: finds those that are warm, starts cold those that no device has, holds them all while the layer runs.
/// </summary>
internal sealed class LayerCalls
{
    private readonly Cell _cell;
    private readonly ReplicaMemory _memory;
    private readonly DeviceCalls[] _devices;
    private long _call;

    public LayerCalls(Cell cell, ReplicaMemory memory)
    {
        _cell = cell;
        _memory = memory;
        _devices = [.. Enumerable.Range(0, cell.Testbed.Devices).Select(_ => new DeviceCalls())];
        if (cell.ExpertBudget < cell.Shape.ExpertBytes)
        {
            throw new SimulationException(
                $"A device has {cell.ExpertBudget / 1e9:0.00} GB for experts, one expert of {cell.Shape.Name} takes "
                + $"{cell.Shape.ExpertBytes / 1e9:0.00} GB. Give the devices more memory.");
        }
    }

    /// <summary>
    /// Experts with tokens and no warm replica when their layer ran: it waited for their load, whether that began with the call or, as a
    /// warm-up that came too late, before.
    /// </summary>
    public long ColdStarts { get; private set; }

    /// <summary>
    /// The replicas that a layer's tokens go to: the plan's that are warm; else any that is warm; else one that must be loaded.
    /// </summary>
    public void Find(int layer, ReadOnlySpan<int> loads, LayerPlan plan, LayerPlan found)
    {
        LayerReplicas replicas = _memory.Of(layer);
        found.Reset(_cell.Shape.Experts, _cell.Testbed.Devices);
        for (int expert = 0; expert < loads.Length; expert++)
        {
            if (!AddWarm(expert, replicas.Of(expert), found) && loads[expert] > 0)
            {
                AddCold(expert, replicas, plan, found);
            }
        }

        found.Seal();
    }

    /// <summary>Holds the replicas that have tokens.</summary>
    /// <returns>When all of them are warm, s.</returns>
    public double Hold(int layer, LayerPlan found, ReadOnlySpan<int> tokens, double now)
    {
        foreach (DeviceCalls device in _devices)
        {
            device.Clear();
        }

        for (int i = 0; i < tokens.Length; i++)
        {
            if (tokens[i] > 0)
            {
                PlannedReplica replica = found.Replicas[i];
                ReplicaId id = new(new ExpertId(layer, replica.Expert), replica.Index);
                _devices[replica.Device].Add(id, _memory.IsWarm(replica.Device, id));
            }
        }

        for (int device = 0; device < _devices.Length; device++)
        {
            _devices[device].Cut(_memory.SlotsFor(device, layer));
        }

        double ready = CallWave(now);
        while (Array.Exists(_devices, device => device.HasMore))
        {
            Release(ready);
            ready = CallWave(ready);
        }

        return ready;
    }

    /// <summary>Gives back what is held.</summary>
    public void Release(double now)
    {
        for (int device = 0; device < _devices.Length; device++)
        {
            _memory.Apply(device, ResidencyEvent.Release(_call), now);
        }
    }

    private double CallWave(double now)
    {
        _call++;
        for (int device = 0; device < _devices.Length; device++)
        {
            if (_devices[device].HasMore)
            {
                _memory.Call(device, _call, _devices[device].NextWave(), now);
            }
        }

        return _memory.WaitForCalls(now);
    }

    private static bool AddWarm(int expert, List<SimulatedReplica> replicas, LayerPlan found)
    {
        bool isPlanned = replicas.Exists(replica => replica is { IsWarm: true, IsWanted: true });
        bool any = false;
        foreach (SimulatedReplica replica in replicas)
        {
            if (replica.IsWarm && (replica.IsWanted || !isPlanned))
            {
                found.Add(expert, replica.Index, replica.Device);
                any = true;
            }
        }

        return any;
    }

    private void AddCold(int expert, LayerReplicas replicas, LayerPlan plan, LayerPlan found)
    {
        ColdStarts++;
        if (replicas.Of(expert) is [{ } loading, ..])
        {
            found.Add(expert, loading.Index, loading.Device);
            return;
        }

        int home = plan.CountOf(expert) > 0
            ? plan.ReplicasOf(expert)[0].Device
            : StaticHomes.Device(expert, _cell);
        found.Add(expert, replicas.FreeIndex(expert, home), home);
    }
}
