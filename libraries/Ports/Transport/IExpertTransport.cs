namespace DaprMoE.Ports;

/// <summary>
/// How rows reach the experts of devices and come back. Called from the engine's thread only: it starts the calls of a layer, one per
/// device, and then waits for each.
/// </summary>
public interface IExpertTransport
{
    /// <summary>The transport's name: <c>in-process</c>, <c>direct</c>, <c>actor</c>, …</summary>
    string Name { get; }

    /// <summary>
    /// Starts a call: what takes time elsewhere (loads, the way to another process, its computing) runs on from here. A call has no
    /// effect but its output, so it may be repeated. It fails only in <see cref="Wait"/>.
    /// </summary>
    void Start(ExpertCall call);

    /// <summary>
    /// Waits for a started call, at most for its <see cref="ExpertCall.Timeout"/>. When it is done, the output rows of its groups and
    /// what they cover are written; otherwise nothing writes to them any more.
    /// </summary>
    CallOutcome Wait(ExpertCall call);
}
