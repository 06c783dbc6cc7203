using System.CommandLine;
using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>The options of <c>simulate</c> that say what the experts have to do.</summary>
internal sealed class WorkloadOptions
{
    private const int DefaultRepetitions = 8;
    private const double DefaultSeconds = 60;

    private readonly Option<string?> _routing = TextOption.Create(
        "--routing",
        "NAME",
        $"Where tokens go: {string.Join(", ", RoutingRegistry.Names)}, or a recording (.csv, .jsonl). The default is mix.");

    private readonly Option<string?> _forecast = TextOption.Create(
        "--forecast",
        "NAME",
        "Replay the forecasts of this predictor, which are in the recording that --routing names, instead of an assumed accuracy.");

    private readonly Option<double?> _zipf =
        NumberOption.Create("--zipf", 0.0, 10.0, "Exponent of the experts' popularity; the default is 1");
    private readonly Option<int?> _topics =
        NumberOption.Create("--topics", 1, 1024, "Topics, each with its own popular experts; the default is 8");
    private readonly Option<double?> _rho =
        NumberOption.Create("--rho", 0.0, 1.0, "Probability that a slot keeps its topic (routing slots); the default is 0.9");

    private readonly Option<int?> _drift =
        NumberOption.Create("--drift", 0, 1024, "Neighbouring ranks swapped per topic and iteration (routing slots); the default is 1");

    private readonly Option<string?> _tokens = TextOption.Create(
        "--tokens", "SIZES", "Tokens of each iteration, or several sizes in turn as 1x4096,200x8. The default is 64.");

    private readonly Option<int?> _iterations = NumberOption.Create(
        "--iterations", 1, 100_000_000, "Iterations at most; the default is 8 times through --tokens, or to the end of the arrivals");

    private readonly Option<string?> _arrivals = TextOption.Create(
        "--arrivals",
        "SOURCE",
        "Requests instead of --tokens: poisson:RATE (per second), or a .csv with TIMESTAMP,ContextTokens,GeneratedTokens.");

    private readonly Option<double?> _seconds =
        NumberOption.Create("--seconds", 1.0, 1e7, "Seconds in which requests arrive; the default is 60");
    private readonly Option<Batching?> _batching =
        NamedOption.Create<Batching>("--batching", "How requests form batches; the paper has all of one second; the default is continuous");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_routing, _forecast, _zipf, _topics, _rho, _drift, _tokens, _iterations, _arrivals, _seconds, _batching])
        {
            command.Options.Add(option);
        }
    }

    public SimulationSettings Read(SimulationSettings settings, int seed, ParseResult arguments, CommandEnvironment environment)
    {
        string? arrivals = arguments.GetValue(_arrivals);
        Require(
            arrivals is null || arguments.GetValue(_tokens) is null,
            "--tokens and --arrivals exclude one another; requests bring their tokens.");
        Require(arrivals is not null || arguments.GetValue(_seconds) is null, "--seconds needs --arrivals.");
        Require(arrivals is not null || arguments.GetValue(_batching) is null, "--batching needs --arrivals.");
        string routing = arguments.GetValue(_routing) ?? "mix";
        bool isRecorded = !RoutingRegistry.Names.Contains(routing);
        Require(!isRecorded || arrivals is null, "--routing with a recording brings its own batches; leave --arrivals out.");
        string? forecast = arguments.GetValue(_forecast);
        Require(isRecorded || forecast is null, "--forecast needs --routing with a recording that has forecasts.");
        BatchSchedule tokens = BatchSchedule.Parse(arguments.GetValue(_tokens) ?? "64");
        return settings with
        {
            Routing = isRecorded ? environment.Resolve(routing) : routing,
            Recording = isRecorded ? ReplayedRouting.Read(environment.Resolve(routing), forecast) : null,
            Zipf = arguments.GetValue(_zipf) ?? 1,
            Topics = arguments.GetValue(_topics) ?? settings.Topics,
            Rho = arguments.GetValue(_rho) ?? settings.Rho,
            Drift = arguments.GetValue(_drift) ?? settings.Drift,
            Tokens = tokens,
            Arrivals = arrivals is null ? null : ReadArrivals(arrivals, seed, arguments, environment),
            Batching = arguments.GetValue(_batching) ?? Batching.Continuous,
            Iterations = arguments.GetValue(_iterations)
                ?? (arrivals is null && !isRecorded ? DefaultRepetitions * tokens.Iterations : int.MaxValue),
        };
    }

    private IReadOnlyList<RequestArrival> ReadArrivals(string arrivals, int seed, ParseResult arguments, CommandEnvironment environment) =>
        ArrivalSource.Create(
            ArrivalSource.IsRate(arrivals) ? arrivals : environment.Resolve(arrivals),
            arguments.GetValue(_seconds) ?? DefaultSeconds,
            (ulong)seed);

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw CommandException.Usage(message);
        }
    }
}
