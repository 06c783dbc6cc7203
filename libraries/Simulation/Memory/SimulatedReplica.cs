namespace DaprMoE.Simulation;

/// <summary>A replica that holds memory on a simulated device.</summary>
internal sealed class SimulatedReplica(int index, int device)
{
    /// <summary>Its copy number, unique among the expert's replicas on all devices.</summary>
    public int Index { get; } = index;

    public int Device { get; } = device;

    /// <summary>Whether its weights are there.</summary>
    public bool IsWarm { get; set; }

    /// <summary>Whether the layer's plan wants it.</summary>
    public bool IsWanted { get; set; }
}
