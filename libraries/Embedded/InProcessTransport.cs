using DaprMoE.Experts;
using DaprMoE.Ports;

namespace DaprMoE.Embedded;

/// <summary>
/// The expert transport within one process: calls without copies. All devices load at a time; they compute one after another, each with
/// all workers.
/// </summary>
/// <param name="host">The host whose devices are called.</param>
public sealed unsafe class InProcessTransport(ExpertHost host) : IExpertTransport
{
    /// <inheritdoc/>
    public string Name => "in-process";

    /// <inheritdoc/>
    public void Start(ExpertCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        host.Devices[call.Device].Start(call.Id, call.Assignments.Layer, call.Groups, call.Timeout);
    }

    /// <inheritdoc/>
    public CallOutcome Wait(ExpertCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        LayerAssignments all = call.Assignments;
        ExpertOutcome outcome = host.Devices[call.Device].Forward(call.Id, new ExpertWork
        {
            Layer = all.Layer,
            Input = new ReadOnlySpan<float>(all.Input, all.InputRows * all.HiddenSize),
            Rows = all.Tokens,
            Groups = call.Groups,
            Output = new Span<float>(all.Output, all.Count * all.HiddenSize),
        });
        call.Figures = new CallFigures(outcome.ComputeUs, outcome.LoadUs, outcome.ColdStarts);
        return outcome.Kind switch
        {
            ExpertOutcomeKind.Done => CallOutcome.Done,
            ExpertOutcomeKind.TimedOut => CallOutcome.TimedOut,
            ExpertOutcomeKind.DeviceLost => CallOutcome.DeviceLost,
            _ => CallOutcome.Refused,
        };
    }
}
