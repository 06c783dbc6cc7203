namespace DaprMoE.Scheduling;

/// <summary>What a policy needs and where it may run.</summary>
/// <param name="SplitRule">Name of the split rule that dispatches its plans.</param>
/// <param name="UsesForecast">Whether it reads <see cref="PolicyInput.Forecast"/>.</param>
/// <param name="HistorySamples">Newest samples of <see cref="PolicyInput.History"/> that it reads; 0 = none.</param>
/// <param name="Live">Whether a server may run it; false = simulator only.</param>
/// <param name="Lossy">Whether the loads are changed to be all equal, which changes outputs; such a policy is never live.</param>
public readonly record struct PolicyTraits(string SplitRule, bool UsesForecast, int HistorySamples, bool Live, bool Lossy);
