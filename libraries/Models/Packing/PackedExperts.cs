using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>The experts of one layer: ranges of equal size, one after another.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Count">Experts.</param>
/// <param name="FfnSize">Width of one expert.</param>
/// <param name="HiddenSize">Width of the residual stream.</param>
/// <param name="GateUpType">Stored dtype of gate and up.</param>
/// <param name="DownType">Stored dtype of down.</param>
/// <param name="Offset">Bytes from the start of the data to expert 0, a multiple of the page size.</param>
internal sealed record PackedExperts(
    int Layer, int Count, int FfnSize, int HiddenSize, DType GateUpType, DType DownType, long Offset)
{
    /// <summary>Bytes of the interleaved gate and up panels.</summary>
    public long GateUpBytes => 2 * PackedMatrix.BytesFor(FfnSize, HiddenSize, GateUpType);

    /// <summary>Bytes of the down panels.</summary>
    public long DownBytes => PackedMatrix.BytesFor(HiddenSize, FfnSize, DownType);

    /// <summary>Bytes of one expert in whole pages: what a resident copy holds.</summary>
    public long RangeBytes => PackedLayout.Align(GateUpBytes + DownBytes, PackedLayout.PageSize);

    /// <summary>Bytes from the start of the data to an expert.</summary>
    public long OffsetOf(int expert) => Offset + (expert * RangeBytes);

    /// <summary>Views of an expert whose range begins at an address.</summary>
    public GatedWeights ViewAt(nint address) => PackedViews.Gated(address, FfnSize, HiddenSize, GateUpType, DownType);
}
