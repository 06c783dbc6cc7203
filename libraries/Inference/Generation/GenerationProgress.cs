namespace DaprMoE.Inference;

/// <summary>How far a sequence is.</summary>
/// <param name="HasBegun">Whether a row of it was computed, or is about to be.</param>
/// <param name="HasEnded">Whether it gets no more tokens.</param>
/// <param name="Tokens">Prompt and answer so far; what is handed out here does not change any more.</param>
public readonly record struct GenerationProgress(bool HasBegun, bool HasEnded, ReadOnlyMemory<int> Tokens);
