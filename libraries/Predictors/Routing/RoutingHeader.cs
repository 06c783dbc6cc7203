namespace DaprMoE.Predictors;

/// <summary>The first line of recorded routing: what the other lines are of.</summary>
/// <param name="Format"><see cref="RoutingFormat.Name"/>.</param>
/// <param name="Version"><see cref="RoutingFormat.Version"/>.</param>
/// <param name="Fingerprint">The model.</param>
/// <param name="Layers">For each MoE layer, in order: its number in the model, experts, experts per token.</param>
/// <param name="Distance">MoE layers ahead that the forecasts look.</param>
/// <param name="Predictors">Names of the predictors whose forecasts the lines have.</param>
public sealed record RoutingHeader(
    string Format, int Version, string Fingerprint, IReadOnlyList<IReadOnlyList<int>> Layers, int Distance, IReadOnlyList<string> Predictors)
{
    /// <summary>The header of a recording of a model.</summary>
    public static RoutingHeader Of(MoeShape shape, int distance, IReadOnlyList<string> predictors)
    {
        ArgumentNullException.ThrowIfNull(shape);
        int[][] layers = [.. shape.Layers.Select(layer => new[] { layer.Layer, layer.Experts, layer.TopK })];
        return new RoutingHeader(RoutingFormat.Name, RoutingFormat.Version, shape.Fingerprint, layers, distance, predictors);
    }
}

/// <summary>The format of recorded routing: a line of JSON for the header, then one for each iteration.</summary>
public static class RoutingFormat
{
    /// <summary>Its name, in the header's <c>format</c>.</summary>
    public const string Name = "daprmoe.routing";

    /// <summary>Its version.</summary>
    public const int Version = 1;
}
