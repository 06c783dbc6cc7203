using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>The replicas of one layer, on all devices.</summary>
internal sealed class LayerReplicas
{
    private readonly List<SimulatedReplica>[] _experts;
    private readonly List<(int Index, int Device)>[] _promised;
    private readonly LayerPlan _alive;
    private bool _isStale;

    public LayerReplicas(int experts, int devices)
    {
        _experts = [.. Enumerable.Range(0, experts).Select(_ => new List<SimulatedReplica>())];
        _promised = [.. Enumerable.Range(0, experts).Select(_ => new List<(int Index, int Device)>())];
        _alive = new LayerPlan(experts, devices);
        PerDevice = new int[devices];
    }

    /// <summary>Replicas that hold memory, loading ones included.</summary>
    public int Held { get; private set; }

    /// <summary>The same by device.</summary>
    public int[] PerDevice { get; }

    /// <summary>The same one by one: those that are warm or about to be.</summary>
    public LayerPlan Alive
    {
        get
        {
            if (_isStale)
            {
                _isStale = false;
                Collect();
            }

            return _alive;
        }
    }

    public List<SimulatedReplica> Of(int expert) => _experts[expert];

    /// <exception cref="InvalidOperationException">The expert has a replica of that copy number.</exception>
    public void Add(int expert, SimulatedReplica replica)
    {
        if (TryFind(expert, replica.Index) is { } held)
        {
            throw new InvalidOperationException(
                $"Expert {expert} has replica {held.Index} on device {held.Device}; device {replica.Device} can't hold it too.");
        }

        _experts[expert].Add(replica);
        Held++;
        PerDevice[replica.Device]++;
        _isStale = true;
    }

    public void Warm(int expert, int index) => Find(expert, index).IsWarm = true;

    public void Remove(int expert, int index)
    {
        SimulatedReplica replica = Find(expert, index);
        _experts[expert].Remove(replica);
        Held--;
        PerDevice[replica.Device]--;
        _isStale = true;
    }

    /// <summary>
    /// The copy number of a replica that is to be loaded on a device: the one promised there that is not loaded yet; else the lowest that
    /// is neither held nor promised.
    /// </summary>
    public int FreeIndex(int expert, int device)
    {
        foreach ((int index, int promisedTo) in _promised[expert])
        {
            if (promisedTo == device && TryFind(expert, index) is null)
            {
                return index;
            }
        }

        return LowestFree(expert);
    }

    /// <summary>Keeps a free copy number for a device that loads it as room comes.</summary>
    public int Promise(int expert, int device)
    {
        int index = LowestFree(expert);
        _promised[expert].Add((index, device));
        return index;
    }

    /// <summary>Keeps the copy number of a replica for its device, which may load it again once it is gone.</summary>
    public void Promise(int expert, SimulatedReplica held) => _promised[expert].Add((held.Index, held.Device));

    /// <summary>Keeps no copy number: the plan that promised them is followed no longer.</summary>
    public void ForgetPromises()
    {
        foreach (List<(int Index, int Device)> promised in _promised)
        {
            promised.Clear();
        }
    }

    private int LowestFree(int expert)
    {
        int index = 0;
        while (TryFind(expert, index) is not null || IsPromised(expert, index))
        {
            index++;
        }

        return index;
    }

    private bool IsPromised(int expert, int index)
    {
        foreach ((int promised, _) in _promised[expert])
        {
            if (promised == index)
            {
                return true;
            }
        }

        return false;
    }

    private SimulatedReplica Find(int expert, int index) =>
        TryFind(expert, index) ?? throw new InvalidOperationException($"Expert {expert} has no replica {index}.");

    private SimulatedReplica? TryFind(int expert, int index)
    {
        foreach (SimulatedReplica replica in _experts[expert])
        {
            if (replica.Index == index)
            {
                return replica;
            }
        }

        return null;
    }

    private void Collect()
    {
        _alive.Reset(_experts.Length, PerDevice.Length);
        for (int expert = 0; expert < _experts.Length; expert++)
        {
            foreach (SimulatedReplica replica in _experts[expert])
            {
                _alive.Add(expert, replica.Index, replica.Device);
            }
        }

        _alive.Seal();
    }
}
