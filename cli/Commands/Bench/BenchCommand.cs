using System.CommandLine;
using DaprMoE.Models;

namespace DaprMoE.Cli;

/// <summary><c>bench</c>: how fast a model runs, beside what the machine could do in the same minute.</summary>
internal sealed class BenchCommand : CliCommand
{
    private readonly Option<string?> _model = ModelLocation.CreateOption();
    private readonly Option<int?> _threads = NumberOption.Create("--threads", 1, 1024, "Threads that compute; the default is one per core");
    private readonly Option<int?> _prompt = NumberOption.Create("--prompt", 1, 65536, "Tokens of the prompt; the default is 512");
    private readonly Option<int?> _tokens = NumberOption.Create("--tokens", 2, 65536, "Tokens generated per run; the default is 64");
    private readonly Option<int?> _batch = NumberOption.Create("--batch", 1, 512, "Sequences of the batch; the default is 16");
    private readonly Option<int?> _triples =
        NumberOption.Create("--triples", 1, 99, "Triples of probe, run, probe per share, of which the median counts; the default is 9");

    private readonly Option<bool> _machine = new("--machine") { Description = "Measure only the machine's limits." };
    private readonly Option<bool> _forecast = new("--forecast")
    {
        Description = "Measure only what a load forecast costs beside the layer's own gate, at 64 rows.",
    };

    public BenchCommand(CommandEnvironment environment)
        : base(environment, "bench", "Measures a model's speed, and the shares of the machine's limits that it reaches.")
    {
        Options.Add(_model);
        Options.Add(_threads);
        Options.Add(_prompt);
        Options.Add(_tokens);
        Options.Add(_batch);
        Options.Add(_triples);
        Options.Add(_machine);
        Options.Add(_forecast);
    }

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe bench", "The bundled model."),
        new("daprmoe bench --model /tmp/bench --threads 2 --json", "Another checkpoint, for a program."),
        new("daprmoe bench --machine", "What this machine can do at most."),
        new("daprmoe bench --forecast", "What a forecast costs, with the predictors that were trained, or with copied gates."),
    ];

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        BenchSettings settings = new(
            arguments.GetValue(_threads) ?? System.Environment.ProcessorCount,
            arguments.GetValue(_prompt) ?? 512,
            arguments.GetValue(_tokens) ?? 64,
            arguments.GetValue(_batch) ?? 16,
            arguments.GetValue(_triples) ?? 9);
        if (arguments.GetValue(_machine))
        {
            Write(MachineResult.Measure(settings), arguments);
        }
        else if (arguments.GetValue(_forecast))
        {
            string folder = ModelLocation.FindCheckpoint(arguments.GetValue(_model), Environment);
            ForecastCostOutput.Write(Terminal, ForecastBench.Measure(folder, settings.Threads, Environment), arguments.Json());
        }
        else
        {
            Write(MeasureModel(ModelLocation.FindCheckpoint(arguments.GetValue(_model), Environment), settings), arguments);
        }

        return Task.FromResult(ExitCodes.Success);
    }

    private BenchResult MeasureModel(string folder, BenchSettings settings)
    {
        RequireFits(CheckpointSummary.Of(folder).Description.MaxPositions, settings);
        using ProgressLine progress = new(Terminal, Environment.Clock);
        using BenchRuns runs = new(folder, settings, Environment.Clock, new PackReport(progress), Environment.Interrupts.Token);
        return new BenchMeasurement(runs, settings, folder, progress.Begin).Measure();
    }

    private static void RequireFits(int longest, BenchSettings settings)
    {
        if (settings.ContextLength > longest)
        {
            throw CommandException.Usage(
                $"--prompt {settings.Prompt} and --tokens {settings.Tokens} take {settings.ContextLength} tokens of context, "
                    + $"but the model was made for {longest}; lower them.");
        }
    }

    private void Write(BenchResult result, ParseResult arguments)
    {
        if (arguments.Json())
        {
            JsonOutput.Write(Terminal, result, BenchJson.Default.BenchResult);
            return;
        }

        Terminal.Out.WriteLine($"{result.Model}: {result.Threads} threads, {result.VectorBits}-bit vectors");
        TableWriter.Write(Terminal, BenchTable.Of(result));
    }

    private void Write(MachineResult result, ParseResult arguments)
    {
        if (arguments.Json())
        {
            JsonOutput.Write(Terminal, result, BenchJson.Default.MachineResult);
            return;
        }

        TableWriter.Write(Terminal, result.ToTable());
    }
}
