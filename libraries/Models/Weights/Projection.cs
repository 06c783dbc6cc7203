using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>A matrix and its bias (empty: none).</summary>
/// <param name="Matrix">The matrix.</param>
/// <param name="Bias">One value per output.</param>
public readonly record struct Projection(PackedMatrix Matrix, VectorView Bias);
