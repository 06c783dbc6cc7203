using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>
/// Turns plans into events of residency. A replica of an expert on a device is the same whatever its copy number, so plans are compared by
/// device: what memory lacks is pre-warmed where there is room, what the plan no longer holds goes once another replica of that expert is
/// warm.
/// </summary>
internal sealed class PlanFollower(Cell cell, ReplicaMemory memory)
{
    private const long Requester = 1;

    private readonly List<(int Expert, int Device)> _missing = [];
    private readonly int[] _unwanted = new int[cell.Shape.Experts];
    private readonly List<ReplicaId>[] _planned = [.. Enumerable.Range(0, cell.Testbed.Devices).Select(_ => new List<ReplicaId>())];
    private readonly List<ReplicaId>[] _retained = [.. Enumerable.Range(0, cell.Testbed.Devices).Select(_ => new List<ReplicaId>())];
    private long _version;

    /// <summary>Replicas that in effect moved: of each expert the lesser of loads started and replicas given up.</summary>
    public long Migrations { get; private set; }

    /// <summary>Whether replicas that no plan holds go at once; else they stay for their keep-alive.</summary>
    public bool FreesAtOnce { get; set; } = true;

    /// <summary>Asks for what the layer's plan wants.</summary>
    public void Follow(int layer, LayerPlan plan, double now)
    {
        LayerReplicas replicas = memory.Of(layer);
        if (!Compare(replicas, plan))
        {
            return;
        }

        for (int expert = 0; FreesAtOnce && expert < plan.Experts; expert++)
        {
            if (_unwanted[expert] > 0)
            {
                Free(new ExpertId(layer, expert), replicas.Of(expert), now);
            }
        }

        foreach ((int expert, int device) in _missing)
        {
            long before = memory.Loads;
            ReplicaId replica = new(new ExpertId(layer, expert), replicas.FreeIndex(expert, device));
            memory.Apply(device, ResidencyEvent.PreWarm(Requester, replica), now);
            if (memory.Loads > before)
            {
                Migrations += _unwanted[expert]-- > 0 ? 1 : 0;
                replicas.Of(expert)[^1].IsWanted = true;
            }
        }

        memory.AdvanceTo(now);
    }

    /// <summary>
    /// Makes all layers' plans the plan that memory holds to: it is loaded even at the cost of what is idle, and never idles out. What is
    /// to be replaced does not either until its successor is warm.
    /// </summary>
    public void Hold(Func<int, LayerPlan> plans, double now)
    {
        for (int device = 0; device < _planned.Length; device++)
        {
            _planned[device].Clear();
            _retained[device].Clear();
        }

        for (int layer = 0; layer < cell.Shape.Layers; layer++)
        {
            LayerReplicas replicas = memory.Of(layer);
            LayerPlan plan = plans(layer);
            Compare(replicas, plan);
            Collect(layer, replicas, plan);
        }

        _version++;
        for (int device = 0; device < _planned.Length; device++)
        {
            ResidencyEvent plan = ResidencyEvent.Plan(
                _version, _planned[device].ToArray(), memory.KeepAliveUs, _retained[device].ToArray());
            memory.Apply(device, plan, now);
        }

        memory.AdvanceTo(now);
    }

    private void Collect(int layer, LayerReplicas replicas, LayerPlan plan)
    {
        replicas.ForgetPromises();
        for (int expert = 0; expert < cell.Shape.Experts; expert++)
        {
            bool isReplaced = plan.CountOf(expert) == 0 || HasSuccessor(replicas.Of(expert));
            foreach (SimulatedReplica replica in replicas.Of(expert))
            {
                ReplicaId id = new(new ExpertId(layer, expert), replica.Index);
                if (replica.IsWanted)
                {
                    replicas.Promise(expert, replica);
                    _planned[replica.Device].Add(id);
                }
                else if (!isReplaced)
                {
                    _retained[replica.Device].Add(id);
                }
            }
        }

        foreach ((int expert, int device) in _missing)
        {
            _planned[device].Add(new ReplicaId(new ExpertId(layer, expert), replicas.Promise(expert, device)));
        }
    }

    /// <summary>Marks the replicas that the plan wants, and lists those that it lacks.</summary>
    /// <returns>Whether anything differs.</returns>
    private bool Compare(LayerReplicas replicas, LayerPlan plan)
    {
        bool differs = false;
        _missing.Clear();
        for (int expert = 0; expert < plan.Experts; expert++)
        {
            List<SimulatedReplica> held = replicas.Of(expert);
            foreach (SimulatedReplica replica in held)
            {
                replica.IsWanted = false;
            }

            int wanted = 0;
            foreach (PlannedReplica planned in plan.ReplicasOf(expert))
            {
                if (TryMatch(held, planned.Device))
                {
                    wanted++;
                }
                else
                {
                    _missing.Add((expert, planned.Device));
                }
            }

            _unwanted[expert] = held.Count - wanted;
            differs |= _unwanted[expert] > 0;
        }

        return differs || _missing.Count > 0;
    }

    private static bool TryMatch(List<SimulatedReplica> held, int device)
    {
        foreach (SimulatedReplica replica in held)
        {
            if (replica.Device == device && !replica.IsWanted)
            {
                return replica.IsWanted = true;
            }
        }

        return false;
    }

    private static bool HasSuccessor(List<SimulatedReplica> replicas) =>
        replicas.Exists(replica => replica is { IsWanted: true, IsWarm: true });

    private void Free(ExpertId expert, List<SimulatedReplica> replicas, double now)
    {
        // Copies that are there at once need not be waited for.
        bool mayGo = !memory.CopiesTakeTime || HasSuccessor(replicas);
        for (int position = replicas.Count - 1; mayGo && position >= 0; position--)
        {
            SimulatedReplica replica = replicas[position];
            if (!replica.IsWanted)
            {
                ReplicaId id = new(expert, replica.Index);
                memory.Apply(replica.Device, replica.IsWarm ? ResidencyEvent.Drain(id) : ResidencyEvent.Cancel(Requester, id), now);
            }
        }
    }
}
