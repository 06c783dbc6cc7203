namespace DaprMoE.Tensors;

/// <summary>What happens to the sums of a <see cref="MatMulTask"/> before they are written.</summary>
public enum MatMulActivation
{
    /// <summary>Nothing: column n is output n.</summary>
    None,

    /// <summary>
    /// Column n is silu(gate n)·(up n): the weights are what <see cref="MatrixPacker.PackGateUp"/> made.
    /// </summary>
    GatedSilu,
}
