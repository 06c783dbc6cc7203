using System.CommandLine;
using DaprMoE.Gateway;
using DaprMoE.Scheduling;
using DaprMoE.ServiceDefaults;

namespace DaprMoE.Cli;

/// <summary>Where a server's experts live and how their work is divided.</summary>
internal sealed class DeviceFlags
{
    private readonly Option<int?> _devices =
        NumberOption.Create("--devices", 1, 1024, "Devices of this process that the experts are divided over; the default is 1");

    private readonly Option<ByteSize?> _memory = SizeOption.Create(
        "--device-memory", "Memory that the experts of each device may take; without it one device maps all experts");

    private readonly Option<string?> _profile = NamedOption.OneOf(
        "--device-profile", DeviceProfiles.Names, "Emulate this device: tokens are computed, but time, keep-alives and load windows are virtual");

    private readonly Option<string?> _shape = NamedOption.OneOf(
        "--shape-as", ModelShapes.Names, "The model whose bytes and operations emulated devices count; the default is the served model");

    private readonly Option<double?> _pace = NumberOption.Create(
        "--pace", 0.0, 1000.0, "Sleep so many times the virtual time of emulated devices, for demonstrations; the default is 0");

    private readonly Option<string?> _policy = NamedOption.OneOf(
        "--policy", [.. PolicyRegistry.Names.Where(name => PolicyRegistry.Create(name).Traits.Live)],
        "What decides which replicas experts have; the default is auto with several devices, device memory or expert hosts, else static");

    private readonly Option<string?> _adminKey = new("--admin-key-file")
    {
        Description = "File with the key that admin actions ask for, such as a switch of the policy; without it they work on loopback only",
        HelpName = "FILE",
    };

    private readonly Option<string?> _split = NamedOption.OneOf(
        "--split", SplitRules.Names, "How an expert's tokens are divided over its replicas; the default is what the policy wants");

    private readonly Option<string?> _hosts = new("--expert-hosts")
    {
        Description = "Addresses of expert hosts that have the experts instead of this process, separated by commas",
        HelpName = "HOST:PORT,…",
    };

    private readonly Option<string?> _secret = new("--expert-secret-file")
    {
        Description = "File with the secret that the expert hosts ask for",
        HelpName = "FILE",
    };

    private readonly Option<string?> _certificate = new("--expert-certificate")
    {
        Description = "PEM file of the certificate to trust expert hosts by; the default is what the system trusts",
        HelpName = "FILE",
    };

    private readonly Option<bool> _insecure = new("--insecure")
    {
        Description = "Call expert hosts on other machines in plaintext or without a secret.",
    };

    private readonly Option<bool> _lossy = new("--lossy") { Description = "Send rows to expert hosts as bf16: half the bytes, but texts may differ." };

    private readonly Option<string?> _backend = TextOption.Create("--backend", "NAME", "What computes the experts: cpu, which is the default, or torch");
    private readonly Option<string?> _device = TextOption.Create("--device", "NAME", "Where the backend computes: cpu, which is the default, or cuda:N with torch");
    private readonly Option<string?> _compute = NamedOption.OneOf("--compute", ["f32", "bf16"], "The format that torch holds weights and computes in");

    public void AddTo(Command command)
    {
        command.Options.Add(_backend);
        command.Options.Add(_device);
        command.Options.Add(_compute);
        command.Options.Add(_hosts);
        command.Options.Add(_secret);
        command.Options.Add(_certificate);
        command.Options.Add(_insecure);
        command.Options.Add(_lossy);
        command.Options.Add(_devices);
        command.Options.Add(_memory);
        command.Options.Add(_profile);
        command.Options.Add(_shape);
        command.Options.Add(_pace);
        command.Options.Add(_policy);
        command.Options.Add(_split);
        command.Options.Add(_adminKey);
    }

    /// <summary>Sets what the command line says.</summary>
    public void Configure(GatewayOptions options, ParseResult arguments, CommandEnvironment environment)
    {
        options.Backend = arguments.GetValue(_backend) ?? options.Backend;
        options.Device = arguments.GetValue(_device) ?? options.Device;
        options.Compute = arguments.GetValue(_compute) ?? options.Compute;
        options.ExpertHosts = arguments.GetValue(_hosts) ?? options.ExpertHosts;
        options.ExpertSecretFile = File(_secret) ?? options.ExpertSecretFile;
        options.ExpertCertificate = File(_certificate) ?? options.ExpertCertificate;
        options.ExpertsInsecure |= arguments.GetValue(_insecure);
        options.LossyFrames |= arguments.GetValue(_lossy);
        options.Devices = arguments.GetValue(_devices) ?? options.Devices;
        options.DeviceMemory = arguments.GetValue(_memory) ?? options.DeviceMemory;
        options.DeviceProfile = arguments.GetValue(_profile) ?? options.DeviceProfile;
        options.ShapeAs = arguments.GetValue(_shape) ?? options.ShapeAs;
        options.Pace = arguments.GetValue(_pace) ?? options.Pace;
        options.Policy = arguments.GetValue(_policy) ?? options.Policy;
        options.AdminKeyFile = File(_adminKey) ?? options.AdminKeyFile;
        options.SplitRule = arguments.GetValue(_split) ?? options.SplitRule;

        string? File(Option<string?> option) => arguments.GetValue(option) is { } file ? environment.Resolve(file) : null;
    }
}
