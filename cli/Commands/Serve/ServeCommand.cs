using System.CommandLine;

namespace DaprMoE.Cli;

/// <summary><c>serve</c>: the services in one process.</summary>
internal sealed class ServeCommand : CliCommand
{
    private readonly ListenFlags _listen = new("http://127.0.0.1:8080");
    private readonly Option<string?> _modelId = new("--model-id")
    {
        Description = "The id that requests name the model by; the default is its folder's name.",
        HelpName = "ID",
    };

    private readonly Option<string?> _state = new("--state")
    {
        Description = "File that plans and load are kept in across restarts; the default is one for each model in the user's folder for data.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _noDashboard = new("--no-dashboard") { Description = "Serve no dashboard at /." };
    private readonly Option<bool> _demo = new("--demo")
    {
        Description = "Send prompts whose topics shift, to watch on the dashboard; implies --devices 4 --device-memory 8MiB --policy moeless where nothing else is said.",
    };

    private readonly ModelFlags _model = new();
    private readonly DeviceFlags _devices = new();

    public ServeCommand(CommandEnvironment environment)
        : base(environment, "serve", "Serves a model over HTTP, with the API of OpenAI.")
    {
        _model.AddTo(this);
        _devices.AddTo(this);
        Options.Add(_modelId);
        Options.Add(_state);
        _listen.AddTo(this);
        Options.Add(_noDashboard);
        Options.Add(_demo);
    }

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe serve --demo", "Experts that scale with shifting topics: open http://127.0.0.1:8080 in a browser."),
        new("daprmoe serve", "The bundled model on http://127.0.0.1:8080."),
        new("daprmoe serve --model ~/models/Qwen3-30B-A3B --port 9000", "Another model and port."),
        new("daprmoe serve --devices 4 --device-memory 4MiB", "Experts in four arenas that cannot hold all of them."),
        new("daprmoe serve --expert-hosts 127.0.0.1:7001,127.0.0.1:7002", "Experts on two hosts that were started by daprmoe expert-host."),
    ];

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string? urls = _listen.Read(arguments);
        bool demo = arguments.GetValue(_demo);
        ServerHost host = new(Environment, arguments.Json(), arguments.Verbose())
        {
            DemoPrompts = demo ? DemoTraffic.BundledPrompts(Environment.Root) : null,
        };
        return host.RunAsync(
            options =>
            {
                _model.Configure(options, arguments, Environment);
                _devices.Configure(options, arguments, Environment);
                options.ModelId = arguments.GetValue(_modelId) ?? options.ModelId;
                options.Urls = urls ?? options.Urls;
                options.Dashboard &= !arguments.GetValue(_noDashboard);
                if (demo)
                {
                    DemoSettings.Apply(options);
                }
            },
            arguments.GetValue(_state) is { } state ? Environment.Resolve(state) : null,
            cancellationToken);
    }
}
