using DaprMoE.Scheduling;
using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>
/// The runs behind the report, all with the paper's assumptions unless said otherwise: copies are there at once, replicas go when the plan
/// does not hold them, tokens are divided evenly, moeless divides down to one token. Each is run once.
/// </summary>
internal sealed class Experiments(Action<string> report, CancellationToken cancellationToken)
{
    public const int Seeds = 4;
    public const int Layers = 6;
    public const int Iterations = 8;
    public const string Prefill = "4096";
    public const string Mixed = "1x4096,200x8";

    /// <summary>The three models of the paper.</summary>
    public static readonly string[] PaperShapes = ["mixtral-8x7b", "phi-3.5-moe", "llama-4-scout"];

    private static readonly string[] Policies = ["static", "eplb", "moeless", "auto", "capacity-oracle"];

    private readonly Dictionary<string, IReadOnlyDictionary<string, PolicyComparison>> _known = [];

    /// <summary>Seeds of each cell; fewer than <see cref="Seeds"/> only where the report's form counts and not its numbers.</summary>
    public int SeedsPerCell { get; init; } = Seeds;

    /// <summary>Layers of each cell; likewise.</summary>
    public int LayersPerCell { get; init; } = Layers;

    /// <summary>Most iterations of each cell; likewise.</summary>
    public int MostIterations { get; init; } = int.MaxValue;

    /// <summary>Settings of a cell.</summary>
    public static SimulationSettings Cell(string shape, string tokens, double zipf = 1, double accuracy = 0.8)
    {
        Testbed testbed = Testbeds.Find(Testbeds.Names[0]);
        BatchSchedule schedule = BatchSchedule.Parse(tokens);
        return new SimulationSettings
        {
            // Scout's experts fill the box in bf16; twice the memory stands for 8-bit weights.
            Testbed = shape == "llama-4-scout" ? testbed with { DeviceMemory = 2 * testbed.DeviceMemory } : testbed,
            Shape = ModelShapes.Find(shape)!,
            Layers = Layers,
            Tokens = schedule,
            Iterations = Math.Max(Iterations, schedule.Iterations),
            Zipf = zipf,
            ForecastAccuracy = accuracy,
            CopiesTakeTime = false,
            KeepAlive = TimeSpan.Zero,
            Policies = new PolicyOptions { Moeless = new MoelessOptions { MinTokens = 1 } },
            Splits = new Dictionary<string, string> { ["moeless"] = "even" },
        };
    }

    /// <summary>All policies in a cell, by name.</summary>
    public IReadOnlyDictionary<string, PolicyComparison> Run(SimulationSettings settings)
    {
        string key = $"{settings.Shape.Name} {settings.Tokens} zipf {settings.Zipf} accuracy {settings.ForecastAccuracy} "
            + $"{settings.Time} {settings.Overlap} {settings.Routing} {settings.Policies.Eplb.Slots} {settings.CopiesTakeTime}";
        if (!_known.TryGetValue(key, out IReadOnlyDictionary<string, PolicyComparison>? results))
        {
            report($"Simulating {settings.Shape.Name}, {settings.Tokens} tokens, Zipf {settings.Zipf}");
            SimulationSettings cell = settings with
            {
                Layers = LayersPerCell,
                Iterations = Math.Min(MostIterations, settings.Iterations),
            };
            results = Simulator.Compare(cell, Policies, SeedsPerCell, null, cancellationToken).ToDictionary(policy => policy.Policy);
            _known.Add(key, results);
        }

        return results;
    }
}
