namespace DaprMoE.Inference;

/// <summary>Where the time of one sequence went.</summary>
/// <param name="Queued">From Start until the iteration with its first row began.</param>
/// <param name="Prefill">From then until its first token.</param>
/// <param name="Decode">From its first to its last token.</param>
public readonly record struct GenerationTimings(TimeSpan Queued, TimeSpan Prefill, TimeSpan Decode);
