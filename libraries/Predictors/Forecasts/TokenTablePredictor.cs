namespace DaprMoE.Predictors;

/// <summary><c>token-table</c>: the only forecast there is for the first layer. Without token ids the mean of the last 8 serves.</summary>
internal sealed class TokenTablePredictor(MoeShape shape, TokenTable table) : ILoadPredictor
{
    private readonly LayerHistories _histories = new(shape);
    private readonly TableForecaster _table = new(shape, table);

    public string Name => PredictorNames.TokenTable;

    public ForecastBasis Forecast(in ForecastInput input, Span<float> loads)
    {
        int index = _histories.IndexOf(input.Layer);
        if (input.Tokens.IsEmpty)
        {
            return _histories.Forecast(input, LayerHistories.Window, loads);
        }

        _table.Forecast(index, input, loads);
        return ForecastBasis.TokenTable;
    }

    public void Observe(int layer, ReadOnlySpan<int> loads) => _histories.Observe(layer, loads);

    public void Dispose()
    {
    }
}
