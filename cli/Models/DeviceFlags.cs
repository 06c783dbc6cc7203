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

    private readonly Option<string?> _split = NamedOption.OneOf(
        "--split", SplitRules.Names, "How an expert's tokens are divided over its replicas; the default is what the policy wants");

    public void AddTo(Command command)
    {
        command.Options.Add(_devices);
        command.Options.Add(_memory);
        command.Options.Add(_split);
    }

    /// <summary>Sets what the command line says.</summary>
    public void Configure(GatewayOptions options, ParseResult arguments)
    {
        options.Devices = arguments.GetValue(_devices) ?? options.Devices;
        options.DeviceMemory = arguments.GetValue(_memory) ?? options.DeviceMemory;
        options.SplitRule = arguments.GetValue(_split) ?? options.SplitRule;
    }
}
