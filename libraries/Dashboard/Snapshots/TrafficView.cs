namespace DaprMoE.Dashboard;

/// <summary>What the engine does, with totals since its start.</summary>
/// <param name="Running">Sequences in the batch.</param>
/// <param name="Waiting">Sequences that wait for a place in it.</param>
/// <param name="KvShare">Share of the KV cache that is held, 0 to 1.</param>
/// <param name="PromptTokens">Prompt tokens computed.</param>
/// <param name="GeneratedTokens">Tokens handed out.</param>
public sealed record TrafficView(int Running, int Waiting, double KvShare, long PromptTokens, long GeneratedTokens);
