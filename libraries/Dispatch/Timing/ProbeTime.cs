namespace DaprMoE.Dispatch;

/// <summary>What a call of a probe took.</summary>
/// <param name="ComputeSeconds">On the device, s.</param>
/// <param name="TripSeconds">There and back, without loads, s.</param>
internal readonly record struct ProbeTime(double ComputeSeconds, double TripSeconds);
