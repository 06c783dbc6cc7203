using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor;

/// <summary>The fitted predictor in state.</summary>
internal sealed class PredictorStore(IStateStore state)
{
    private static readonly string Key = StateKeys.Predictor(RegressionForecaster.Name);

    /// <exception cref="DocumentException">What is there is no predictor.</exception>
    public async ValueTask<StoredPredictor?> ReadAsync(CancellationToken cancellationToken)
    {
        StateEntry? entry = await state.GetAsync(Key, cancellationToken).ConfigureAwait(false);
        return entry is null ? null : StoredPredictorCodec.Decode(entry.Value);
    }

    public ValueTask WriteAsync(StoredPredictor predictor, CancellationToken cancellationToken) =>
        state.SetAsync(Key, StoredPredictorCodec.Encode(predictor), cancellationToken);
}
