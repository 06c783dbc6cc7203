using DaprMoE.Ports;

namespace DaprMoE.Dispatch;

/// <summary>The device that a probe calls does not answer.</summary>
internal sealed class ProbeFailedException(CallOutcome outcome) : Exception($"The probed device did not answer: {outcome}.");
