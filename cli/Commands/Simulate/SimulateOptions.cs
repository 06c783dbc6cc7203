using System.CommandLine;
using DaprMoE.Scheduling;
using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>The options of <c>simulate</c> that say what is simulated.</summary>
internal sealed class SimulateOptions
{
    private const double Gigabyte = 1e9;

    private static readonly string[] DefaultPolicies = ["static", "eplb", "moeless", "auto"];

    private readonly WorkloadOptions _workload = new();
    private readonly Option<string?> _policies = TextOption.Create(
        "--policy",
        "NAMES",
        $"Policies, with commas between: {string.Join(", ", PolicyRegistry.Names)}. "
            + $"The default is {string.Join(',', DefaultPolicies)}.");

    private readonly Option<string?> _testbed = TextOption.Create(
        "--testbed", "NAME", $"The box: {string.Join(", ", Testbeds.Names)}, or a .yaml file. The default is {Testbeds.Names[0]}.");

    private readonly Option<string?> _shape = TextOption.Create(
        "--model-shape",
        "NAME",
        $"The model: {string.Join(", ", ModelShapes.Names)}, or a checkpoint's folder. The default is {ModelShapes.Names[0]}.");

    private readonly Option<double?> _memory =
        NumberOption.Create("--device-memory", 0.001, 1e6, "Memory of a device instead of the testbed's, GB");
    private readonly Option<int?> _layers = NumberOption.Create("--layers", 1, 1024, "MoE layers, at most the model's; the default is all");
    private readonly Option<int?> _seed = NumberOption.Create("--seed", 0, int.MaxValue, "The first seed; the default is 1");
    private readonly Option<int?> _seeds =
        NumberOption.Create("--seeds", 1, 1000, "Seeds in a row whose results are averaged; the default is 1");
    private readonly Option<TimeShape?> _time =
        NamedOption.Create<TimeShape>("--time", "How a replica's time grows; the default is roofline");
    private readonly Option<DeviceOverlap?> _overlap =
        NamedOption.Create<DeviceOverlap>("--overlap", "Whether a layer waits for the slowest replica (the paper) or device, its default");

    private readonly Option<double?> _accuracy =
        NumberOption.Create("--forecast-accuracy", 0.0, 1.0, "Load accuracy of the forecasts; the default is 0.8");

    private readonly Option<CopyTime?> _copies = NamedOption.Create(
        "--copies",
        "Whether weight copies take the time of the host link; the default is host-links",
        new Dictionary<string, CopyTime> { ["host-links"] = CopyTime.HostLinks, ["instant"] = CopyTime.Instant });

    private readonly Option<double?> _keepAlive = NumberOption.Create(
        "--keep-alive",
        0.0,
        86400.0,
        "Seconds that a replica stays idle once no plan holds it; the default is where holding and loading cost the same");

    private readonly Option<double?> _minTokens = NumberOption.Create(
        "--min-tokens", 0.0, 1e9, "Policy moeless divides no expert with fewer tokens; the default is the crossover, the paper has 0");

    private readonly Option<string?> _splits = TextOption.Create(
        "--split",
        "RULES",
        $"Split rules by policy, as moeless=even; rules: {string.Join(", ", SplitRules.Names)}. The default is each policy's own.");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_policies, _testbed, _memory, _shape, _layers])
        {
            command.Options.Add(option);
        }

        _workload.AddTo(command);
        foreach (Option option in (Option[])[_seed, _seeds, _time, _overlap, _accuracy, _copies, _keepAlive, _minTokens, _splits])
        {
            command.Options.Add(option);
        }
    }

    public SimulateRequest Read(ParseResult arguments, CommandEnvironment environment)
    {
        Testbed testbed = ReadTestbed(arguments, environment);
        ModelShape shape = CheckpointShape.Find(arguments.GetValue(_shape) ?? ModelShapes.Names[0], environment);
        int layers = arguments.GetValue(_layers) ?? shape.Layers;
        if (layers > shape.Layers)
        {
            throw CommandException.Usage($"--layers is {layers}; it may be 1 to {shape.Layers}, the MoE layers of {shape.Name}.");
        }

        if (arguments.GetValue(_accuracy) is not null && arguments.GetValue<string?>("--forecast") is not null)
        {
            throw CommandException.Usage("--forecast and --forecast-accuracy exclude one another: what was recorded has its own accuracy.");
        }

        int seed = arguments.GetValue(_seed) ?? 1;
        SimulationSettings settings = new()
        {
            Testbed = testbed,
            Shape = shape,
            Layers = layers,
            Seed = (ulong)seed,
            Time = arguments.GetValue(_time) ?? TimeShape.Roofline,
            Overlap = arguments.GetValue(_overlap) ?? DeviceOverlap.Device,
            ForecastAccuracy = arguments.GetValue(_accuracy) ?? 0.8,
            CopiesTakeTime = arguments.GetValue(_copies) is not CopyTime.Instant,
            KeepAlive = arguments.GetValue(_keepAlive) is { } seconds ? TimeSpan.FromSeconds(seconds) : testbed.BreakEvenKeepAlive,
            Policies = new PolicyOptions { Moeless = new MoelessOptions { MinTokens = arguments.GetValue(_minTokens) } },
            Splits = ReadSplits(arguments.GetValue(_splits)),
        };
        return new SimulateRequest(
            _workload.Read(settings, seed, arguments, environment),
            ReadPolicies(arguments.GetValue(_policies)),
            arguments.GetValue(_seeds) ?? 1);
    }

    private Testbed ReadTestbed(ParseResult arguments, CommandEnvironment environment)
    {
        string name = arguments.GetValue(_testbed) ?? Testbeds.Names[0];
        Testbed testbed = Testbeds.Find(Testbeds.Names.Contains(name) ? name : environment.Resolve(name));
        return arguments.GetValue(_memory) is { } memory ? testbed with { DeviceMemory = (long)(memory * Gigabyte) } : testbed;
    }

    private static string[] ReadPolicies(string? text)
    {
        string[] names = text?.Split(',', StringSplitOptions.TrimEntries) ?? DefaultPolicies;
        return names.All(PolicyRegistry.Names.Contains)
            ? names
            : throw CommandException.Usage(
                $"--policy is {text}; it may be names of {string.Join(", ", PolicyRegistry.Names)}, with commas between.");
    }

    private static Dictionary<string, string> ReadSplits(string? text)
    {
        Dictionary<string, string> splits = [];
        foreach (string part in text?.Split(',') ?? [])
        {
            string[] fields = part.Split('=');
            if (fields.Length != 2 || !PolicyRegistry.Names.Contains(fields[0]) || !SplitRules.Names.Contains(fields[1]))
            {
                throw CommandException.Usage($"--split is {text}; it may be POLICY=RULE, with commas between, of the policies "
                    + $"{string.Join(", ", PolicyRegistry.Names)} and the rules {string.Join(", ", SplitRules.Names)}.");
            }

            splits[fields[0]] = fields[1];
        }

        return splits;
    }
}
