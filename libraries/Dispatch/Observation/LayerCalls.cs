namespace DaprMoE.Dispatch;

/// <summary>What the calls of one layer came to.</summary>
/// <param name="Calls">Calls that were started.</param>
/// <param name="Retries">Those of them that repeat failed ones.</param>
/// <param name="Replicas">Replicas that computed rows.</param>
/// <param name="Misses">Experts that had tokens and no replica to call, and were asked of another device: cold starts on demand.</param>
/// <param name="ColdStarts">Experts that calls waited for, as the devices report.</param>
/// <param name="ComputeUs">The longest computing of a call, as the devices report, µs.</param>
/// <param name="LoadUs">The longest wait of a call for experts, as the devices report, µs.</param>
public readonly record struct LayerCalls(int Calls, int Retries, int Replicas, int Misses, int ColdStarts, long ComputeUs, long LoadUs);
