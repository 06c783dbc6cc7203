namespace DaprMoE.Ports;

/// <summary>How rows reach the experts of a device and come back.</summary>
public interface IExpertTransport
{
    /// <summary>The transport's name: <c>in-process</c>, <c>direct</c>, <c>actor</c>, …</summary>
    string Name { get; }

    /// <summary>
    /// Computes one layer's expert rows on one device and returns when all are written.
    /// A call has no effect but its output, so it may be repeated.
    /// </summary>
    void Forward(in ExpertCall call);
}
