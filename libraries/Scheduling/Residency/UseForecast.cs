namespace DaprMoE.Scheduling;

/// <summary>
/// When replicas are used next. Iterations walk the layers in order, over and over; a layer's run is a step. An expert that a run of
/// its layer uses with chance p is used next after the steps to its layer and, on average, (1 - p) / p whole iterations.
/// </summary>
internal sealed class UseForecast
{
    private readonly float[][] _chances;
    private int _layer;

    public UseForecast(IReadOnlyList<LayerExperts> layers)
    {
        _chances = [.. layers.Select(layer => new float[layer.Experts])];
        foreach (float[] chances in _chances)
        {
            Array.Fill(chances, 1);
        }

        _layer = _chances.Length - 1;
    }

    /// <summary>A layer runs.</summary>
    public void Run(int layer) => _layer = layer;

    public void Update(int layer, ReadOnlySpan<float> chances) => chances.CopyTo(_chances[layer]);

    /// <summary>Steps until the expert is used next; infinite for one that is expected never to be.</summary>
    public double StepsToUse(ExpertId expert)
    {
        int layers = _chances.Length;
        int steps = (expert.Layer - _layer + layers - 1) % layers + 1;
        double chance = _chances[expert.Layer][expert.Expert];
        return steps + layers * ((1 - chance) / chance);
    }
}
