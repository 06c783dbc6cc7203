using DaprMoE.Experts;
using DaprMoE.Ports;

namespace DaprMoE.Embedded;

/// <summary>The expert transport within one process: a call, without copies.</summary>
/// <param name="host">The host whose devices are called.</param>
public sealed unsafe class InProcessTransport(ExpertHost host) : IExpertTransport
{
    /// <inheritdoc/>
    public string Name => "in-process";

    /// <inheritdoc/>
    public void Start(ExpertCall call)
    {
    }

    /// <inheritdoc/>
    public CallOutcome Wait(ExpertCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        LayerAssignments all = call.Assignments;
        host.Devices[call.Device].Forward(new ExpertWork
        {
            Layer = all.Layer,
            Input = new ReadOnlySpan<float>(all.Input, all.InputRows * all.HiddenSize),
            Rows = all.Tokens,
            Groups = call.Groups,
            Output = new Span<float>(all.Output, all.Count * all.HiddenSize),
        });
        return CallOutcome.Done;
    }
}
