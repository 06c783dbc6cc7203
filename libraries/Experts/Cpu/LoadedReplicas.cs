using System.Collections.Concurrent;
using DaprMoE.Models;
using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>
/// Which replicas are loaded, and where their weights are. Loads and frees of different replicas and reads of loaded ones may run at the
/// same time.
/// </summary>
internal sealed class LoadedReplicas(ModelDescription model)
{
    // Copy 0 is what nearly all calls name; it is found without hashing.
    private readonly GatedWeights?[][] _first =
        [.. model.Layers.Select(layer => new GatedWeights?[layer is MoeFeedForward moe ? moe.Experts : 0])];

    private readonly ConcurrentDictionary<ReplicaId, GatedWeights> _copies = [];

    /// <summary>Notes a replica's weights; false when it is loaded already.</summary>
    public bool Add(ReplicaId replica, in GatedWeights weights)
    {
        if (replica.Index > 0)
        {
            return _copies.TryAdd(replica, weights);
        }

        ref GatedWeights? place = ref _first[replica.Expert.Layer][replica.Expert.Expert];
        bool isNew = place is null;
        place ??= weights;
        return isNew;
    }

    /// <summary>Forgets a replica; false when it is not loaded.</summary>
    public bool Remove(ReplicaId replica)
    {
        if (replica.Index > 0)
        {
            return _copies.TryRemove(replica, out _);
        }

        ref GatedWeights? place = ref _first[replica.Expert.Layer][replica.Expert.Expert];
        bool wasLoaded = place is not null;
        place = null;
        return wasLoaded;
    }

    /// <exception cref="InvalidOperationException">It is not loaded.</exception>
    public GatedWeights Weights(int layer, ReplicaGroup group)
    {
        if (group.Index == 0 && _first[layer][group.Expert] is { } first)
        {
            return first;
        }

        ReplicaId replica = new(new ExpertId(layer, group.Expert), group.Index);
        return _copies.TryGetValue(replica, out GatedWeights copy)
            ? copy
            : throw new InvalidOperationException($"Replica {replica} is called but not loaded.");
    }
}
