using DaprMoE.Ports;

namespace DaprMoE.DirectTransport;

/// <summary>The expert transport over gRPC streams: one long-lived stream to each host.</summary>
internal sealed class DirectExpertTransport(IReadOnlyList<HostLink> links, IReadOnlyList<(int Host, int Device)> devices) : IExpertTransport
{
    private readonly HostLink[] _links = [.. devices.Select(device => links[device.Host])];
    private readonly int[] _numbers = [.. devices.Select(device => device.Device)];

    public string Name => "direct";

    public void Start(ExpertCall call) => _links[call.Device].Start(call, _numbers[call.Device]);

    public CallOutcome Wait(ExpertCall call) => _links[call.Device].Wait(call);
}
