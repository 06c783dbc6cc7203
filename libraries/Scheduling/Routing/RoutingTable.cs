namespace DaprMoE.Scheduling;

/// <summary>Where the alive replicas of each expert are. An immutable snapshot: a change makes a new table.</summary>
public sealed class RoutingTable
{
    private readonly int[][] _devices;

    private RoutingTable(int[][] devices, int deviceCount)
    {
        _devices = devices;
        DeviceCount = deviceCount;
    }

    /// <summary>Devices that the table names, numbered from 0.</summary>
    public int DeviceCount { get; }

    /// <summary>
    /// Plain expert parallelism: expert e of E is on device floor(e * devices / E), once and for good.
    /// </summary>
    /// <param name="expertsPerLayer">Experts of each layer; 0 for a dense layer.</param>
    /// <param name="devices">Devices, at least 1.</param>
    public static RoutingTable Static(IReadOnlyList<int> expertsPerLayer, int devices)
    {
        ArgumentNullException.ThrowIfNull(expertsPerLayer);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(devices);
        int[][] table = new int[expertsPerLayer.Count][];
        for (int layer = 0; layer < table.Length; layer++)
        {
            int experts = expertsPerLayer[layer];
            table[layer] = new int[experts];
            for (int expert = 0; expert < experts; expert++)
            {
                table[layer][expert] = StaticPlacement.DeviceOf(expert, experts, devices);
            }
        }

        return new RoutingTable(table, devices);
    }

    /// <summary>The device of each expert of a layer, by expert.</summary>
    public ReadOnlySpan<int> Devices(int layer) => _devices[layer];
}
