using System.CommandLine;
using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary><c>simulate</c>: policies compared in simulated time.</summary>
internal sealed class SimulateCommand : CliCommand
{
    private readonly SimulateOptions _options = new();
    private readonly Option<string?> _cdf = new("--cdf")
    {
        Description = "Write the distribution of layer times to this file: .csv, .svg or .png.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _reproduce = new("--reproduce")
    {
        Description =
            "Write the comparison with the MoEless paper to this Markdown file; the other options are not used, --arrivals aside.",
        HelpName = "FILE",
    };

    public SimulateCommand(CommandEnvironment environment)
        : base(environment, "simulate", "Compares policies on a box of devices, in simulated time.")
    {
        _options.AddTo(this);
        Options.Add(_cdf);
        Options.Add(_reproduce);
    }

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe simulate", "All policies on eight A6000, decoding 64 tokens of Mixtral-8x7B."),
        new(
            "daprmoe simulate --model-shape 64x6 --tokens 4096 --seeds 4 --cdf layers.svg",
            "Prefill of a finer model, four seeds, with a figure."),
        new("daprmoe simulate --arrivals AzureLLMInferenceTrace_conv.csv --seconds 60 --json", "A minute of a trace, for a program."),
        new("daprmoe simulate --reproduce docs/reproduction.md", "The headline numbers of the MoEless paper, beside what is obtained."),
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using ProgressLine progress = new(Terminal, Environment.Clock);
        if (arguments.GetValue(_reproduce) is { } report)
        {
            await ReproduceAsync(report, arguments, progress, cancellationToken);
            return ExitCodes.Success;
        }

        SimulateRequest request = _options.Read(arguments, Environment);
        CdfFile? cdf = arguments.GetValue(_cdf) is { } path ? CdfFile.At(Environment.Resolve(path)) : null;
        long started = Environment.Clock.GetTimestamp();
        IReadOnlyList<PolicyComparison> results = Simulator.Compare(
            request.Settings, request.Policies, request.Seeds, new SimulateProgress(progress, "Simulating"), cancellationToken);
        ReportSpeed(results, request.Seeds, Environment.Clock.GetElapsedTime(started));
        cdf?.Write(request, results);
        Write(SimulateResult.Of(request, results), arguments);
        return ExitCodes.Success;
    }

    private void Write(SimulateResult result, ParseResult arguments)
    {
        if (arguments.Json())
        {
            JsonOutput.Write(Terminal, result, SimulateJson.Default.SimulateResult);
            return;
        }

        Terminal.Out.WriteLine(result.Title);
        TableWriter.Write(Terminal, SimulateTables.Latency(result));
        Terminal.Out.WriteLine();
        TableWriter.Write(Terminal, SimulateTables.Bill(result));
        Terminal.Out.WriteLine(SimulateTables.Note);
    }

    // Wall-clock figures are no results: they differ from run to run.
    private void ReportSpeed(IReadOnlyList<PolicyComparison> results, int seeds, TimeSpan elapsed)
    {
        long layers = results.Sum(result => result.Mean.LayerIterations) * seeds;
        double perSecond = layers / elapsed.TotalSeconds;
        Terminal.Error.WriteLine(FormattableString.Invariant(
            $"{layers} layer-iterations in {elapsed.TotalSeconds:0.00} s ({perSecond:0} per second, routing included)"));
    }

    private async Task ReproduceAsync(string report, ParseResult arguments, ProgressLine progress, CancellationToken cancellationToken)
    {
        string path = Environment.Resolve(report);
        string? trace = arguments.GetValue<string?>("--arrivals");
        IReadOnlyList<RecordedMix> recorded = await new RecordedTraffic(Environment, progress, cancellationToken).RecordAsync();
        ReproductionReport comparison = new(
            new Experiments(what => progress.Report(what), cancellationToken), recorded, cancellationToken);
        comparison.Write(path, trace is null ? null : Environment.Resolve(trace));
        Terminal.Out.WriteLine($"{path} is written.");
    }
}
