namespace DaprMoE.Models;

/// <summary>Rotary positions in the half-split form: pair (x_i, x_i+d/2) turns by position x Frequencies[i].</summary>
/// <param name="Frequencies">Radians per position of each pair, scaling already applied; d/2 values.</param>
/// <param name="AttentionFactor">Factor on cosine and sine (1 without yarn).</param>
public sealed record RopeDescription(IReadOnlyList<double> Frequencies, float AttentionFactor);
