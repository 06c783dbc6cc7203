namespace DaprMoE.Predictors;

/// <summary><c>last</c> and <c>moving-average</c>: what came is what will come.</summary>
internal sealed class HistoryPredictor(string name, MoeShape shape, int window) : ILoadPredictor
{
    private readonly LayerHistories _histories = new(shape);

    public string Name => name;

    public ForecastBasis Forecast(in ForecastInput input, Span<float> loads) => _histories.Forecast(input, window, loads);

    public void Observe(int layer, ReadOnlySpan<int> loads) => _histories.Observe(layer, loads);

    public void Dispose()
    {
    }
}
