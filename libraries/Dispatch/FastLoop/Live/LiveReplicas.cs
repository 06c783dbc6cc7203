using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch;

/// <summary>
/// Which replicas hold memory on which devices now, as far as this process knows: at once for its own devices, from looks at them for
/// those of expert hosts. Safe for any thread; what it does not know yet costs balance or a cold start, never a wrong row.
/// </summary>
public sealed class LiveReplicas
{
    private readonly LayerReplicas[] _layers;
    private readonly long[] _expertBytes;
    private readonly long[] _residentBytes;
    private readonly long[] _budgets;
    private readonly HashSet<PlannedReplica>[] _seen;
    private readonly Lock _looking = new();
    private long _look;

    /// <param name="expertsPerLayer">Experts of each layer; 0 for a dense one.</param>
    /// <param name="expertBytes">Bytes of one replica of each layer; 0 for a dense one.</param>
    /// <param name="budgets">Bytes of experts that each device may hold; null for one without a budget.</param>
    public LiveReplicas(IReadOnlyList<int> expertsPerLayer, IReadOnlyList<long> expertBytes, IReadOnlyList<long?> budgets)
    {
        ArgumentNullException.ThrowIfNull(expertsPerLayer);
        ArgumentNullException.ThrowIfNull(expertBytes);
        ArgumentNullException.ThrowIfNull(budgets);
        ArgumentOutOfRangeException.ThrowIfNotEqual(expertBytes.Count, expertsPerLayer.Count, nameof(expertBytes));
        ExpertsPerLayer = expertsPerLayer;
        _expertBytes = [.. expertBytes];
        _budgets = [.. budgets.Select(budget => budget ?? long.MaxValue)];
        _residentBytes = new long[budgets.Count];
        _layers = [.. expertsPerLayer.Select(experts => new LayerReplicas((2 * experts) + budgets.Count))];
        _seen = [.. expertsPerLayer.Select(_ => new HashSet<PlannedReplica>())];
    }

    /// <summary>Experts of each layer; 0 for a dense one.</summary>
    public IReadOnlyList<int> ExpertsPerLayer { get; }

    /// <summary>Devices, numbered from 0.</summary>
    public int DeviceCount => _budgets.Length;

    /// <summary>Replicas that hold memory now, on all devices.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (LayerReplicas layer in _layers)
            {
                lock (layer.Gate)
                {
                    count += layer.All.Count;
                }
            }

            return count;
        }
    }

    /// <summary>Takes what a device of this process tells of a replica.</summary>
    public void Moved(in ResidencyTransition transition)
    {
        if (IsUse(transition.From) && IsUse(transition.To))
        {
            return;
        }

        if (transition.To == ReplicaState.Absent)
        {
            Interlocked.Add(ref _residentBytes[transition.Device], -transition.Bytes);
        }
        else if (transition.From == ReplicaState.Absent)
        {
            Interlocked.Add(ref _residentBytes[transition.Device], transition.Bytes);
        }

        Set(transition.Replica, transition.Device, transition.To, Volatile.Read(ref _look));
    }

    /// <summary>Begins a look at devices of other processes.</summary>
    /// <returns>Its number, for <see cref="Take"/>.</returns>
    public long BeginLook() => Interlocked.Increment(ref _look);

    /// <summary>Takes what a look at a device has found. What was noted since the look began stays.</summary>
    /// <param name="device">The device, by number.</param>
    /// <param name="found">What it holds.</param>
    /// <param name="look">The look.</param>
    public void Take(int device, DeviceSnapshot found, long look)
    {
        ArgumentNullException.ThrowIfNull(found);
        if (!found.IsAlive)
        {
            Forget(device);
            return;
        }

        lock (_looking)
        {
            Array.ForEach(_seen, layer => layer.Clear());
            foreach (ReplicaSnapshot replica in found.Replicas)
            {
                ExpertId expert = replica.Replica.Expert;
                if (Knows(expert))
                {
                    _seen[expert.Layer].Add(new PlannedReplica(expert.Expert, replica.Replica.Index, device));
                    Set(replica.Replica, device, replica.State, look);
                }
            }

            for (int layer = 0; layer < _layers.Length; layer++)
            {
                _layers[layer].RemoveUnseen(device, look, _seen[layer]);
            }
        }

        Volatile.Write(ref _residentBytes[device], found.ResidentBytes);
        Volatile.Write(ref _budgets[device], found.BudgetBytes ?? long.MaxValue);
    }

    /// <summary>Takes it that a replica is warm, since a call was computed by it.</summary>
    internal void Used(ReplicaId replica, int device) => Set(replica, device, ReplicaState.Warm, Volatile.Read(ref _look));

    /// <summary>Says which replicas a plan has replaced: they are about to be drained.</summary>
    internal void Retire(int layer, PlannedReplica replica, bool isRetired) => _layers[layer].Retire(replica, isRetired);

    internal LayerReplicas Of(int layer) => _layers[layer];

    /// <summary>Bytes of one replica of a layer.</summary>
    internal long ExpertBytes(int layer) => _expertBytes[layer];

    /// <summary>Bytes that a device may hold; <see cref="long.MaxValue"/> without a budget.</summary>
    internal long BudgetBytes(int device) => Volatile.Read(ref _budgets[device]);

    /// <summary>Bytes that a device has free for further replicas.</summary>
    internal long FreeBytes(int device)
    {
        long budget = BudgetBytes(device);
        return budget == long.MaxValue ? budget : Math.Max(0, budget - Volatile.Read(ref _residentBytes[device]));
    }

    /// <summary>A device is lost: nothing is there until it is looked at again.</summary>
    internal void Forget(int device)
    {
        Volatile.Write(ref _residentBytes[device], 0);
        foreach (LayerReplicas layer in _layers)
        {
            lock (layer.Gate)
            {
                for (int at = layer.All.Count - 1; at >= 0; at--)
                {
                    if (layer.All[at].Replica.Device == device)
                    {
                        layer.Set(layer.All[at].Replica, ReplicaState.Absent, notedIn: 0);
                    }
                }
            }
        }
    }

    private static bool IsUse(ReplicaState state) => state is ReplicaState.Warm or ReplicaState.Busy;

    private bool Knows(ExpertId expert) =>
        (uint)expert.Layer < (uint)_layers.Length && (uint)expert.Expert < (uint)ExpertsPerLayer[expert.Layer];

    private void Set(ReplicaId replica, int device, ReplicaState state, long look) => _layers[replica.Expert.Layer].Set(
        new PlannedReplica(replica.Expert.Expert, replica.Index, device), state == ReplicaState.Busy ? ReplicaState.Warm : state, look);
}
