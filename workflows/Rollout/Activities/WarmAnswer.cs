namespace DaprMoE.Workflows;

/// <summary>What became of warming.</summary>
/// <param name="Waiting">Replicas that are not warm yet.</param>
/// <param name="Refusal">Why the device does not load a replica; null when it loads all.</param>
/// <param name="IsSuperseded">Whether the device follows a newer plan.</param>
internal sealed record WarmAnswer(int Waiting, string? Refusal, bool IsSuperseded);
