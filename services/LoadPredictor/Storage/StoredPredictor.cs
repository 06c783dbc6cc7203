using DaprMoE.Ports;

namespace DaprMoE.LoadPredictor;

/// <summary>A fitted predictor as it is kept in state.</summary>
/// <param name="Model">The served model that it was fitted for.</param>
/// <param name="Shape">Its layers and experts.</param>
/// <param name="Candidate">The candidate's name.</param>
/// <param name="Accuracy">Its load accuracy on the held-out windows.</param>
/// <param name="Newest">Weight of the newest window, of smoothing; 0 otherwise.</param>
/// <param name="Penalty">Penalty of the matched windows; 0 when it uses none.</param>
/// <param name="Related">Related experts; empty for smoothing.</param>
/// <param name="Archive">ML.NET's own archive of the regression; empty for smoothing.</param>
internal sealed record StoredPredictor(
    string Model, LayerShape Shape, string Candidate, double Accuracy, float Newest, double Penalty, int[] Related, byte[] Archive);
