namespace DaprMoE.Dashboard;

/// <summary>The experts of all layers that have some.</summary>
/// <param name="Layers">The layers, ascending.</param>
/// <param name="Replicas">What holds memory, by layer, expert and copy.</param>
public sealed record ExpertMap(IReadOnlyList<LayerLoad> Layers, IReadOnlyList<ReplicaView> Replicas)
{
    /// <summary>Experts of the widest layer.</summary>
    public int Experts => Layers.Count == 0 ? 0 : Layers.Max(layer => layer.Tokens.Count);

    /// <summary>Experts of all layers.</summary>
    public int Total => Layers.Sum(layer => layer.Tokens.Count);

    /// <summary>Experts of which at least one copy can be called.</summary>
    public int Resident => Replicas.Where(replica => replica.State != ReplicaStates.Loading)
        .Select(replica => (replica.Layer, replica.Expert)).Distinct().Count();

    /// <summary>Copies of experts beyond the first one of each.</summary>
    public int Extras => Replicas.Count - Replicas.Select(replica => (replica.Layer, replica.Expert)).Distinct().Count();
}

/// <summary>What a layer's experts had to do lately.</summary>
/// <param name="Layer">The layer's number in the model.</param>
/// <param name="Tokens">Tokens that went to each expert within the last second.</param>
public sealed record LayerLoad(int Layer, IReadOnlyList<long> Tokens);
