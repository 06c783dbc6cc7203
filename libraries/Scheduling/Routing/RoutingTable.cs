namespace DaprMoE.Scheduling;

/// <summary>
/// Where the alive replicas of each expert are. An immutable snapshot: a change makes a new table (<see cref="Routes"/> holds the
/// current one).
/// </summary>
public sealed class RoutingTable
{
    private readonly LayerPlan[] _layers;
    private readonly int[] _alive;

    /// <param name="version">Version of the plan that the table was made from; 0 before the first.</param>
    /// <param name="layers">The alive replicas, by layer; taken over, and not changed any more.</param>
    /// <param name="alive">The devices that are alive, ascending; null for those that have a replica.</param>
    /// <exception cref="ArgumentException">
    /// There is no layer, the layers differ in their devices, or a replica is on a device that is not alive.
    /// </exception>
    public RoutingTable(long version, IReadOnlyList<LayerPlan> layers, IReadOnlyList<int>? alive = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0 || layers.Any(layer => layer.Devices != layers[0].Devices))
        {
            throw new ArgumentException("A routing table has at least one layer, and all its layers have the same devices.", nameof(layers));
        }

        Version = version;
        _layers = [.. layers];
        int[] used = [.. Enumerable.Range(0, DeviceCount).Where(device => layers.Any(layer => layer.CountOn(device) > 0))];
        _alive = alive is null ? used : [.. alive];
        RequireAlive(used, _alive, DeviceCount);
    }

    /// <summary>Version of the plan that the table was made from.</summary>
    public long Version { get; }

    /// <summary>Devices, numbered from 0, whether they are alive or not.</summary>
    public int DeviceCount => _layers[0].Devices;

    /// <summary>The devices that are alive, ascending, with or without replicas.</summary>
    public ReadOnlySpan<int> Alive => _alive;

    /// <summary>Layers, dense ones included.</summary>
    public int LayerCount => _layers.Length;

    /// <summary>
    /// Plain expert parallelism: of n alive devices, expert e of E is on number floor(e * n / E) of them, once.
    /// </summary>
    /// <param name="expertsPerLayer">Experts of each layer; 0 for a dense layer.</param>
    /// <param name="devices">Devices, at least 1.</param>
    /// <param name="alive">Those that are alive, ascending; null for all. Without any, no expert has a replica.</param>
    public static RoutingTable Static(IReadOnlyList<int> expertsPerLayer, int devices, IReadOnlyList<int>? alive = null)
    {
        ArgumentNullException.ThrowIfNull(expertsPerLayer);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(devices);
        alive ??= [.. Enumerable.Range(0, devices)];
        return new RoutingTable(version: 0, [.. expertsPerLayer.Select(experts => StaticLayer(experts, devices, alive))], alive);
    }

    /// <summary>The alive replicas of a layer's experts.</summary>
    public LayerPlan Layer(int layer) => _layers[layer];

    private static void RequireAlive(int[] used, int[] alive, int devices)
    {
        if (alive.Any(device => device < 0 || device >= devices) || alive.Zip(alive.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new ArgumentException(
                $"Alive are the devices {string.Join(", ", alive)}; they have to ascend within 0 to {devices - 1}.", nameof(alive));
        }

        if (used.Except(alive).ToArray() is [int lost, ..])
        {
            throw new ArgumentException($"Device {lost} has replicas but is not alive; leave its replicas out.", nameof(alive));
        }
    }

    private static LayerPlan StaticLayer(int experts, int devices, IReadOnlyList<int> alive)
    {
        LayerPlan plan = new(experts, devices);
        plan.Reset(experts, devices);
        for (int expert = 0; expert < experts && alive.Count > 0; expert++)
        {
            plan.Add(expert, index: 0, alive[StaticPlacement.DeviceOf(expert, experts, alive.Count)]);
        }

        plan.Seal();
        return plan;
    }
}
