using DaprMoE.Experts;
using DaprMoE.Ports;

namespace DaprMoE.Embedded;

/// <summary>The expert transport within one process: a call, without copies.</summary>
/// <param name="host">The host whose devices are called.</param>
public sealed class InProcessTransport(ExpertHost host) : IExpertTransport
{
    /// <inheritdoc/>
    public string Name => "in-process";

    /// <inheritdoc/>
    public void Forward(in ExpertCall call) => host.Devices[call.Device].Forward(new ExpertWork
    {
        Layer = call.Layer,
        Input = call.Input,
        Rows = call.Rows,
        Groups = call.Groups,
        Output = call.Output,
    });
}
