using DaprMoE.Models;
using DaprMoE.Ports;
using DaprMoE.Scheduling;

namespace DaprMoE.Gateway;

/// <summary>What plans are made for: the MoE layers of a model and what one expert takes.</summary>
/// <param name="Model">The model's fingerprint.</param>
/// <param name="Shape">MoE layers and experts of each.</param>
/// <param name="Layers">The number in the model of each MoE layer, ascending.</param>
/// <param name="ModelLayers">Layers of the model, dense ones included.</param>
/// <param name="TopK">Experts of a token.</param>
/// <param name="ExpertBytes">Memory of one replica.</param>
/// <param name="Time">Time of a replica.</param>
/// <param name="SecondsPerTokenMoved">Time to move one token to or from a device, s.</param>
public sealed record ExpertLayout(
    string Model,
    LayerShape Shape,
    IReadOnlyList<int> Layers,
    int ModelLayers,
    int TopK,
    long ExpertBytes,
    TimeModel Time,
    double SecondsPerTokenMoved)
{
    // Rows are copied to and from a device of this process; a frame for a host is written, sent and read.
    private const double LocalBytesPerSecond = 10e9;
    private const double RemoteBytesPerSecond = 1e9;

    /// <summary>The layout of a model's experts; null when its MoE layers differ in their experts, or it has none: no plans are made then.</summary>
    internal static ExpertLayout? Of(PackedModel model, IServedExperts experts, TimeModel time, bool isRemote)
    {
        ModelDescription description = model.Description;
        int[] layers = [.. Enumerable.Range(0, description.Layers.Count).Where(layer => description.Layers[layer] is MoeFeedForward)];
        MoeFeedForward[] parts = [.. description.Layers.OfType<MoeFeedForward>()];
        LayerShape shape = new(layers.Length, parts.Length == 0 ? 0 : parts[0].Experts);
        if (!shape.IsSound || parts.Any(part => part.Experts != shape.Experts))
        {
            return null;
        }

        int rowBytes = 2 * description.HiddenSize * sizeof(float);
        return new ExpertLayout(
            model.Fingerprint,
            shape,
            layers,
            description.Layers.Count,
            parts.Max(part => part.TopK),
            experts.ExpertBytes,
            time,
            rowBytes / (isRemote ? RemoteBytesPerSecond : LocalBytesPerSecond));
    }
}
