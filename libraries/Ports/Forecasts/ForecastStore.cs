namespace DaprMoE.Ports;

/// <summary>The newest forecast in state. One predictor writes.</summary>
/// <param name="state">Where it is kept.</param>
public sealed class ForecastStore(IStateStore state)
{
    /// <summary>The newest forecast; null when there is none.</summary>
    /// <exception cref="DocumentException">What is there is no forecast.</exception>
    /// <exception cref="StateStoreException">The store can't be read.</exception>
    public async ValueTask<ForecastDocument?> ReadAsync(CancellationToken cancellationToken)
    {
        StateEntry? entry = await state.GetAsync(StateKeys.Forecast, cancellationToken).ConfigureAwait(false);
        return entry is null ? null : ForecastCodec.Decode(entry.Value.Span);
    }

    /// <summary>Writes a forecast over the last one.</summary>
    /// <exception cref="StateStoreException">The store can't be written.</exception>
    public ValueTask WriteAsync(ForecastDocument forecast, CancellationToken cancellationToken) =>
        state.SetAsync(StateKeys.Forecast, ForecastCodec.Encode(forecast), cancellationToken);
}
