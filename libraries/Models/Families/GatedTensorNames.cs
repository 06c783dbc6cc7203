namespace DaprMoE.Models;

/// <summary>Names of a gated network's matrices, without <c>.weight</c>.</summary>
internal readonly record struct GatedTensorNames(string Gate, string Up, string Down);
