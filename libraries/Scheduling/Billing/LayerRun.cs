namespace DaprMoE.Scheduling;

/// <summary>A run of a layer that the meter counts; ends by <see cref="BillMeter.EndRun"/>.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Number">The run's number within its meter.</param>
public readonly record struct LayerRun(int Layer, long Number);
