using DaprMoE.Ports;

namespace DaprMoE.Dispatch.Tests;

/// <summary>Devices that do nothing and allocate nothing.</summary>
internal sealed class SilentDevices : IExpertTransport
{
    public string Name => "silent";

    public void Start(ExpertCall call)
    {
    }

    public CallOutcome Wait(ExpertCall call) => CallOutcome.Done;
}
