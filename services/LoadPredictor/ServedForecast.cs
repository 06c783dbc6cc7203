namespace DaprMoE.LoadPredictor;

/// <summary>Who made a forecast.</summary>
/// <param name="Predictor">The candidate's name.</param>
/// <param name="Reason">Why it serves: a sentence for people.</param>
internal sealed record ServedForecast(string Predictor, string Reason);
