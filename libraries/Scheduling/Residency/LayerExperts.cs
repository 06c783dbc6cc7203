namespace DaprMoE.Scheduling;

/// <summary>The experts of one layer.</summary>
/// <param name="Experts">How many; 0 for a dense layer.</param>
/// <param name="ExpertBytes">Bytes of one as the backend holds it, at least 1 where there are experts.</param>
public readonly record struct LayerExperts(int Experts, long ExpertBytes);
