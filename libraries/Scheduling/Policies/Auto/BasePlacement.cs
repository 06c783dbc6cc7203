namespace DaprMoE.Scheduling;

/// <summary>
/// Where the one copy of each expert is that never moves: where it is alive, else on its static home, else, when that is full, on the
/// device with least load. When there are fewer slots than experts the least used experts have none.
/// </summary>
internal sealed class BasePlacement
{
    /// <summary>No device.</summary>
    public const int Homeless = -1;

    /// <summary>How much more an expert that is not alive must be used than one that is, to take its slot.</summary>
    private const double Stay = 1.1;

    private readonly ReplicaPlacer _placer = new();
    private readonly LayerPlan _plan;
    private readonly PlannedReplica[] _held;
    private readonly double[] _loads;
    private readonly int[] _ones;
    private readonly int[] _devices;

    public BasePlacement(int experts, int devices)
    {
        _plan = new LayerPlan(experts, devices);
        _held = new PlannedReplica[experts];
        _loads = new double[experts];
        _ones = new int[experts];
        _devices = new int[experts];
        Array.Fill(_ones, 1);
    }

    /// <summary>The device of each expert, or <see cref="Homeless"/>.</summary>
    public ReadOnlySpan<int> Devices => _devices;

    /// <summary>Experts without a device.</summary>
    public int Unplaced => _placer.Unplaced.Count;

    /// <summary>Places the base copies.</summary>
    /// <param name="slots">Replicas that each device can hold.</param>
    /// <param name="history">Recent loads, or null.</param>
    /// <param name="samples">Newest samples to look at.</param>
    /// <param name="previous">The alive replicas, or null.</param>
    public void Place(ReadOnlySpan<int> slots, LoadHistory? history, int samples, LayerPlan? previous)
    {
        Array.Clear(_loads);
        history?.Sum(samples, _loads);
        for (int e = 0; e < _held.Length; e++)
        {
            bool alive = previous is not null && previous.CountOf(e) > 0;
            int home = alive ? previous!.ReplicasOf(e)[0].Device : StaticPlacement.DeviceOf(e, _held.Length, slots.Length);
            _loads[e] *= alive ? Stay : 1;
            _held[e] = new PlannedReplica(e, 0, home);
        }

        _placer.Place(_loads, _ones, slots, _held, spread: false, _plan);
        for (int e = 0; e < _devices.Length; e++)
        {
            _devices[e] = _plan.CountOf(e) > 0 ? _plan.ReplicasOf(e)[0].Device : Homeless;
        }
    }
}
