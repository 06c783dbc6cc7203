using System.CommandLine;
using DaprMoE.ServiceDefaults;

namespace DaprMoE.Cli;

/// <summary><c>expert-host</c>: experts in a process of their own, for gateways that list it.</summary>
internal sealed class ExpertHostCommand : CliCommand
{
    private readonly ListenFlags _listen = new("http://127.0.0.1:7001");
    private readonly Option<string?> _probeUrls = TextOption.Create(
        "--probe-urls", "URLS", "Answer probes and metrics in HTTP/1.1 on these addresses; without TLS the others speak HTTP/2 only.");
    private readonly Option<string?> _name = TextOption.Create(
        "--name", "NAME", "The host's name, unique among those of a gateway. The default is host-0.");
    private readonly Option<string?> _backend = TextOption.Create("--backend", "NAME", "What computes the experts. The default is cpu.");
    private readonly Option<string?> _device = TextOption.Create(
        "--device", "NAME", "Where the backend computes: cpu, which is the default, or cuda:N with torch.");
    private readonly Option<string?> _compute = NamedOption.OneOf(
        "--compute", ["f32", "bf16"], "The format that torch holds weights and computes in");
    private readonly Option<int?> _devices = NumberOption.Create("--devices", 1, 256, "Devices of the host; the default is 1");
    private readonly Option<ByteSize?> _memory = SizeOption.Create(
        "--device-memory", "Memory for experts of each device; the default is one copy of each");
    private readonly Option<int?> _threads = NumberOption.Create("--threads", 1, 1024, "Threads that compute; the default is one per core");
    private readonly Option<int?> _tokens = NumberOption.Create("--token-budget", 1, 65_536, "Most rows of one call; the default is 4096");
    private readonly Option<string?> _model = ModelLocation.CreateOption();
    private readonly SecurityFlags _security = new();

    public ExpertHostCommand(CommandEnvironment environment)
        : base(environment, "expert-host", "Hosts the experts of a model for gateways that list it (serve --expert-hosts).")
    {
        Options.Add(_model);
        _listen.AddTo(this);
        Options.Add(_probeUrls);
        Options.Add(_name);
        Options.Add(_devices);
        Options.Add(_memory);
        Options.Add(_threads);
        Options.Add(_tokens);
        Options.Add(_backend);
        Options.Add(_device);
        Options.Add(_compute);
        _security.AddTo(this);
    }

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe expert-host --port 7001", "The experts of the bundled model on http://127.0.0.1:7001."),
        new("daprmoe expert-host --port 7002 --name host-1 --devices 2 --device-memory 4MiB", "A second host with two devices."),
    ];

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string? urls = _listen.Read(arguments);
        string model = ModelLocation.FindCheckpoint(arguments.GetValue(_model), Environment);
        ExpertHostServer server = new(Environment, arguments.Json(), arguments.Verbose());
        return server.RunAsync(
            settings =>
            {
                settings.Model = model;
                settings.Urls = urls ?? settings.Urls;
                settings.ProbeUrls = arguments.GetValue(_probeUrls) ?? settings.ProbeUrls;
                settings.Name = arguments.GetValue(_name) ?? settings.Name;
                settings.Backend = arguments.GetValue(_backend) ?? settings.Backend;
                settings.Device = arguments.GetValue(_device) ?? settings.Device;
                settings.Compute = arguments.GetValue(_compute) ?? settings.Compute;
                settings.Devices = arguments.GetValue(_devices) ?? settings.Devices;
                settings.DeviceMemory = arguments.GetValue(_memory) ?? settings.DeviceMemory;
                settings.Threads = arguments.GetValue(_threads) ?? settings.Threads;
                settings.TokenBudget = arguments.GetValue(_tokens) ?? settings.TokenBudget;
                _security.Configure(settings, arguments, Environment);
            },
            cancellationToken);
    }
}
