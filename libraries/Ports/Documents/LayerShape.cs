namespace DaprMoE.Ports;

/// <summary>
/// How many MoE layers and experts a document is about. Dense layers are not counted; value e of layer l stands at l · Experts + e.
/// </summary>
/// <param name="Layers">MoE layers, 1 … <see cref="MaxLayers"/>.</param>
/// <param name="Experts">Experts of each, 1 … <see cref="MaxExperts"/>.</param>
public readonly record struct LayerShape(int Layers, int Experts)
{
    /// <summary>Most layers.</summary>
    public const int MaxLayers = 512;

    /// <summary>Most experts of a layer.</summary>
    public const int MaxExperts = 1024;

    /// <summary>Experts of all layers.</summary>
    public int Count => Layers * Experts;

    /// <summary>Whether both numbers are within their bounds.</summary>
    public bool IsSound => Layers is >= 1 and <= MaxLayers && Experts is >= 1 and <= MaxExperts;

    /// <summary>The values of one layer.</summary>
    public ReadOnlySpan<T> Layer<T>(ReadOnlySpan<T> values, int layer) => values.Slice(layer * Experts, Experts);

    internal static LayerShape Read(ref DocumentReader reader)
    {
        LayerShape shape = new(reader.Count("layers", MaxLayers), reader.Count("experts", MaxExperts));
        return shape.IsSound ? shape : throw reader.Fault($"{shape.Layers} layers of {shape.Experts} experts; allowed: at least 1 of each");
    }

    internal void Write(DocumentWriter writer)
    {
        writer.Whole(Layers);
        writer.Whole(Experts);
    }
}
