namespace DaprMoE.Models;

/// <summary>The matrices of an expert as the checkpoint stores them.</summary>
/// <param name="Gate">[F, H].</param>
/// <param name="Up">[F, H].</param>
/// <param name="Down">[H, F].</param>
public sealed record StoredExpert(StoredMatrix Gate, StoredMatrix Up, StoredMatrix Down);
