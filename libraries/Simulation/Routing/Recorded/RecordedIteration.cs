namespace DaprMoE.Simulation;

/// <summary>One iteration of recorded routing.</summary>
/// <param name="Loads">Tokens by layer and expert.</param>
/// <param name="PromptTokens">How many of its tokens are of prompts; 0 where that was not recorded.</param>
/// <param name="Forecasts">What a predictor said before of each layer's experts; null where none is asked for.</param>
internal sealed record RecordedIteration(int[][] Loads, int PromptTokens = 0, float[][]? Forecasts = null);
