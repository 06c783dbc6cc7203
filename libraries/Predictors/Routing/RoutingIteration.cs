namespace DaprMoE.Predictors;

/// <summary>One iteration of recorded routing. Arrays have one entry for each MoE layer, in order.</summary>
/// <param name="Rows">Rows t of the iteration.</param>
/// <param name="PromptRows">How many of them are prompt tokens; the others are generated ones.</param>
/// <param name="Loads">Tokens of each expert.</param>
/// <param name="Choices">The experts of each row, [t, k] in one array, by weight, descending.</param>
/// <param name="Forecasts">For each predictor the tokens expected at each expert.</param>
public sealed record RoutingIteration(
    int Rows,
    int PromptRows,
    IReadOnlyList<int[]> Loads,
    IReadOnlyList<int[]> Choices,
    IReadOnlyDictionary<string, IReadOnlyList<RoutingForecast>> Forecasts);

/// <summary>A forecast of one layer.</summary>
/// <param name="Basis">What it rests on.</param>
/// <param name="Loads">Tokens expected at each expert.</param>
public sealed record RoutingForecast(ForecastBasis Basis, float[] Loads);
