using DaprMoE.Models;
using DaprMoE.Ports;

namespace DaprMoE.DirectTransport;

/// <summary>What frames of a model may hold.</summary>
public static class FrameSizes
{
    /// <summary>Bytes of the longest frame that is taken, whatever the model: 256 MiB.</summary>
    public const int MaxFrameBytes = 256 << 20;

    /// <summary>The limits for a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="maxRows">Most rows of one call: the token budget.</param>
    /// <param name="devices">Devices of a host; a gateway need not know.</param>
    /// <exception cref="InvalidDataException">A frame of so many rows would be longer than <see cref="MaxFrameBytes"/>.</exception>
    public static FrameLimits Of(ModelDescription model, int maxRows, int devices = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(model);
        FrameLimits limits = new()
        {
            ExpertsPerLayer = [.. model.Layers.Select(layer => layer is MoeFeedForward moe ? moe.Experts : 0)],
            HiddenSize = model.HiddenSize,
            MaxTopK = Math.Max(1, model.Layers.Max(layer => layer is MoeFeedForward moe ? moe.TopK : 0)),
            MaxRows = maxRows,
            Devices = devices,
        };
        return Math.Max(limits.MaxCallBytes, limits.MaxAnswerBytes) <= MaxFrameBytes
            ? limits
            : throw new InvalidDataException(
                $"{maxRows} rows of {limits.MaxTopK} experts and {limits.HiddenSize} values do not fit a frame of "
                + $"{MaxFrameBytes >> 20} MiB. Lower the token budget (--token-budget).");
    }
}
