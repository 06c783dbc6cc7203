using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>Makes views of packed bytes.</summary>
internal static class PackedViews
{
    /// <summary>A gated network whose gate-up panels begin at an address and are followed by the down panels.</summary>
    public static GatedWeights Gated(nint address, int ffn, int hidden, DType gateUpType, DType downType)
    {
        PackedMatrix gateUp = GateUp(address, ffn, hidden, gateUpType);
        return new GatedWeights(gateUp, new PackedMatrix(address + (nint)gateUp.ByteLength, hidden, ffn, downType));
    }

    /// <summary>Gate and up panels in turn: twice the width, padded to whole panels.</summary>
    public static PackedMatrix GateUp(nint address, int ffn, int hidden, DType type)
    {
        int panels = new PackedMatrix(0, ffn, hidden, type).Panels;
        return new PackedMatrix(address, 2 * panels * PackedMatrix.PanelWidth, hidden, type);
    }
}
