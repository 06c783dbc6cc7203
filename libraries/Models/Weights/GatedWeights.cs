using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>
/// Weights of a gated network, in one range. <c>GateUp</c> holds panels of gate and up in turn (panel 2i gate, panel 2i + 1 up),
/// so that its <c>Outputs</c> is 2 x the ffn size padded to whole panels.
/// </summary>
/// <param name="GateUp">Gate and up projections, [2 x padded F, H].</param>
/// <param name="Down">Down projection [H, F].</param>
public readonly record struct GatedWeights(PackedMatrix GateUp, PackedMatrix Down);
