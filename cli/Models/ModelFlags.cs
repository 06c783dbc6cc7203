using System.CommandLine;
using DaprMoE.Gateway;

namespace DaprMoE.Cli;

/// <summary>Which model a command runs, with how many threads and how long a context.</summary>
internal sealed class ModelFlags
{
    private readonly Option<string?> _model = ModelLocation.CreateOption();
    private readonly Option<int?> _threads = NumberOption.Create("--threads", 1, 1024, "Threads that compute; the default is one per core");
    private readonly Option<int?> _context =
        NumberOption.Create("--context", 2, 1 << 20, "Longest sequence in tokens; the default is the model's, at most 8192");

    public void AddTo(Command command)
    {
        command.Options.Add(_model);
        command.Options.Add(_threads);
        command.Options.Add(_context);
    }

    /// <summary>Finds the model and sets what the command line says of it.</summary>
    public void Configure(GatewayOptions options, ParseResult arguments, CommandEnvironment environment)
    {
        options.Model = ModelLocation.FindCheckpoint(arguments.GetValue(_model), environment);
        options.Threads = arguments.GetValue(_threads) ?? options.Threads;
        options.ContextLength = arguments.GetValue(_context) ?? options.ContextLength;
    }

    /// <summary>Opens the model, with progress where it takes long; an interrupt ends packing.</summary>
    public ServedModel Open(ParseResult arguments, CommandEnvironment environment)
    {
        GatewayOptions options = new();
        Configure(options, arguments, environment);
        return ModelOpening.Open(options, OpeningServices.Quiet(environment.Clock), environment, environment.Interrupts.Token);
    }
}
