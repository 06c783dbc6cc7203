using DaprMoE.Scheduling;

namespace DaprMoE.Simulation;

/// <summary>What all policies of a cell have in common, made once: the cut model, its timing, the first placement.</summary>
internal sealed class Cell
{
    public Cell(SimulationSettings settings)
    {
        Settings = settings;
        Shape = settings.Shape.Cut(settings.Layers);
        Testbed = settings.Testbed with
        {
            DeviceMemory = (long)((double)settings.Testbed.DeviceMemory * settings.Layers / settings.Shape.Layers),
        };
        Timing = ShapeTiming.Of(Shape, Testbed, settings.Time);
        Setup = new PolicySetup(
            Shape.Layers, Shape.Experts, Shape.TopK, Testbed.Devices, Shape.ExpertBytes, Timing.Replica, Timing.SecondsPerTokenMoved);
        ExpertBudget = Testbed.DeviceMemory - Shape.NonExpertBytes;
        if (ExpertBudget < 0)
        {
            throw new SimulationException(
                $"A device of {settings.Testbed.Name} has {settings.Testbed.DeviceMemory / 1e9:0.0} GB; {settings.Shape.Name} needs "
                + $"{settings.Shape.NonExpertBytes / 1e9:0.0} GB on each device before its experts. Choose a larger device.");
        }
    }

    public SimulationSettings Settings { get; }

    /// <summary>The model, cut to the layers that are simulated.</summary>
    public ModelShape Shape { get; }

    /// <summary>The box, its memory cut in the same proportion.</summary>
    public Testbed Testbed { get; }

    public ShapeTiming Timing { get; }

    public PolicySetup Setup { get; }

    /// <summary>
    /// Layers that have none before them to be forecast from. Where layers are left out, those that are simulated stand for later ones: the
    /// first would count for more than it does in the whole model.
    /// </summary>
    public int FirstLayers => Settings.Layers == Settings.Shape.Layers ? PolicyDefaults.ForecastDistance : 0;

    /// <summary>Memory of a device for experts, bytes.</summary>
    public long ExpertBudget { get; }

    /// <summary>
    /// The routing, anew from its first iteration; history is left out alike for policies that use it and those that do not.
    /// </summary>
    public IRouting CreateRouting() => RoutingRegistry.Create(Settings.Routing, new RoutingSettings
    {
        Layers = Shape.Layers,
        Experts = Shape.Experts,
        TopK = Shape.TopK,
        Seed = Settings.Seed,
        Zipf = Settings.Zipf,
        Topics = Settings.Topics,
        Rho = Settings.Rho,
        Drift = Settings.Drift,
        HistoryIterations = Settings.HistoryIterations,
        Recording = Settings.Recording,
    });

    public IBatchSource CreateBatches() => (Settings.Arrivals, Settings.Batching) switch
    {
        (null, _) => new FixedBatches(Settings.Tokens, Settings.Iterations),
        ({ } arrivals, Batching.Second) => new SecondBatches(arrivals),
        ({ } arrivals, _) => new ContinuousBatches(arrivals, Settings.TokenBudget, Settings.MaxRunning),
    };
}
