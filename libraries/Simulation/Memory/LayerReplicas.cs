using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>The replicas of one layer, on all devices.</summary>
internal sealed class LayerReplicas
{
    private readonly List<SimulatedReplica>[] _experts;
    private readonly LayerPlan _alive;
    private bool _isStale;

    public LayerReplicas(int experts, int devices)
    {
        _experts = [.. Enumerable.Range(0, experts).Select(_ => new List<SimulatedReplica>())];
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

    public void Add(int expert, SimulatedReplica replica)
    {
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

    /// <summary>The lowest copy number that no replica of the expert has.</summary>
    public int FreeIndex(int expert)
    {
        int index = 0;
        while (Has(expert, index))
        {
            index++;
        }

        return index;
    }

    /// <summary>A copy number above that of every replica of the expert.</summary>
    public int NewIndex(int expert)
    {
        int index = 0;
        foreach (SimulatedReplica replica in _experts[expert])
        {
            index = Math.Max(index, replica.Index + 1);
        }

        return index;
    }

    private bool Has(int expert, int index)
    {
        foreach (SimulatedReplica replica in _experts[expert])
        {
            if (replica.Index == index)
            {
                return true;
            }
        }

        return false;
    }

    private SimulatedReplica Find(int expert, int index)
    {
        foreach (SimulatedReplica replica in _experts[expert])
        {
            if (replica.Index == index)
            {
                return replica;
            }
        }

        throw new InvalidOperationException($"Expert {expert} has no replica {index}.");
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
