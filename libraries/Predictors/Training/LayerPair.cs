namespace DaprMoE.Predictors;

/// <summary>A layer whose gate input is seen, and the MoE layer further on whose loads are forecast. Numbers count MoE layers from 0.</summary>
/// <param name="Source">The layer seen.</param>
/// <param name="Target">The layer forecast.</param>
internal readonly record struct LayerPair(int Source, int Target)
{
    public int Distance => Target - Source;

    public static IEnumerable<LayerPair> All(int layers, IEnumerable<int> distances) => distances.SelectMany(
        distance => Enumerable.Range(0, Math.Max(0, layers - distance)).Select(source => new LayerPair(source, source + distance)));
}
