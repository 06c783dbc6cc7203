namespace DaprMoE.Autoscaler;

/// <summary>A device that is alive.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Slots">Replicas that it can hold, of all layers together, 0 or more.</param>
public sealed record PlanningDevice(string Name, int Slots);
