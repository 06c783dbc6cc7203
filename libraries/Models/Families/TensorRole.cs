namespace DaprMoE.Models;

/// <summary>What a tensor is for; decides how random weights are drawn and what counts as active.</summary>
internal enum TensorRole
{
    Embedding,
    Output,
    Norm,
    Bias,
    Projection,
    ResidualProjection,
    Gate,
    ExpertGateUp,
    ExpertDown,
}
