namespace DaprMoE.Simulation;

/// <summary>A setting or a file of a simulation is not usable; the message names it, its value and what is allowed.</summary>
public sealed class SimulationException(string message) : Exception(message);
