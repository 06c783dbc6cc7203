using System.CommandLine;
using DaprMoE.Models;

namespace DaprMoE.Cli;

/// <summary><c>make-model</c>: a checkpoint with random weights, for benches and tests.</summary>
internal sealed class MakeModelCommand : CliCommand
{
    private readonly Option<string> _out = new("--out") { Description = "The new folder.", Required = true, HelpName = "DIR" };
    private readonly SizeFlags _sizes = new();

    public MakeModelCommand(CommandEnvironment environment)
        : base(environment, "make-model", "Writes a checkpoint with random weights.")
    {
        Options.Add(_out);
        _sizes.AddTo(this);
    }

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe make-model --out /tmp/small", "A small model."),
        new(
            "daprmoe make-model --out /tmp/bench --family qwen3_moe --hidden 1024 --layers 12 --experts 32 --top-k 4 --ffn 512 "
                + "--heads 16 --kv-heads 4 --head-dim 64 --vocab 8192 --max-positions 8192 --dtype bf16",
            "The model that the documented benches use."),
    ];

    public override IEnumerable<string> Faults(ParseResult arguments) => _sizes.Faults(arguments);

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        RandomCheckpointOptions sizes = _sizes.Read(arguments);
        string folder = Environment.Resolve(arguments.GetValue(_out)!);
        using (ProgressLine progress = new(Terminal, Environment.Clock))
        {
            RandomCheckpoint.Write(folder, sizes, new WriteReport(progress), cancellationToken);
        }

        InspectResult result = InspectResult.Of(CheckpointSummary.Of(folder));
        if (arguments.Json())
        {
            JsonOutput.Write(Terminal, result, InspectJson.Default.InspectResult);
        }
        else
        {
            Terminal.Out.WriteLine($"{folder}: {Quantity.Count(result.Parameters)} parameters, {Quantity.Bytes(result.Files.Sum(file => file.Bytes))}");
        }

        return Task.FromResult(ExitCodes.Success);
    }

    private sealed class WriteReport(ProgressLine line) : IProgress<WriteProgress>
    {
        public void Report(WriteProgress value) => line.Report("Writing weights", (double)value.BytesDone / value.BytesTotal);
    }
}
