namespace DaprMoE.Dispatch;

/// <summary>Sizes that a dispatcher allocates for.</summary>
/// <param name="MaxRows">Most rows of one iteration.</param>
/// <param name="MaxTopK">Most experts per token.</param>
/// <param name="MaxExperts">Most experts of a layer.</param>
/// <param name="HiddenSize">Width of a row.</param>
public readonly record struct DispatchLimits(int MaxRows, int MaxTopK, int MaxExperts, int HiddenSize);
