namespace DaprMoE.Predictors;

/// <summary>What training measured, on prompts that it did not fit.</summary>
/// <param name="TrainPrompts">Prompts fitted.</param>
/// <param name="EarlyStopPrompts">Prompts that said when to stop and what serves.</param>
/// <param name="TestPrompts">Prompts that the measures are of.</param>
/// <param name="TrainTokens">Tokens fitted.</param>
/// <param name="LeftOut">The topic that was left out of training and is measured; null: none.</param>
/// <param name="NewestPrompts">Prompts fitted that counted several times: the newest, or those of the topic.</param>
/// <param name="Layers">One entry for each layer and distance.</param>
public sealed record PredictorReport(
    int TrainPrompts,
    int EarlyStopPrompts,
    int TestPrompts,
    int TrainTokens,
    string? LeftOut,
    int NewestPrompts,
    IReadOnlyList<LayerReport> Layers);

/// <summary>The predictors of one layer at one distance.</summary>
/// <param name="Layer">The layer whose loads are forecast.</param>
/// <param name="Source">The layer whose gate input is seen; null for what needs none.</param>
/// <param name="Distance">MoE layers between them; 0 without a source.</param>
/// <param name="Predictors">The measures, one entry for each predictor.</param>
/// <param name="Serves">Name of what serves.</param>
public sealed record LayerReport(int Layer, int? Source, int Distance, IReadOnlyList<MeasuredPredictor> Predictors, string Serves);

/// <summary>A predictor and its measures.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsTuned">Whether training changed it.</param>
/// <param name="Form">How its loads come of tokens; null where it forecasts no tokens.</param>
/// <param name="Parameters">Its parameters; 0 where it has none.</param>
/// <param name="Measures">The measures; of several networks from different seeds their mean.</param>
/// <param name="Seeds">Networks that the measures are the mean of.</param>
/// <param name="HitRateSpread">Largest difference of two of them in hit rate; null for one.</param>
public sealed record MeasuredPredictor(
    string Name, bool IsTuned, LoadForm? Form, long Parameters, ForecastMeasures Measures, int Seeds = 1, double? HitRateSpread = null);
