using DaprMoE.Simulation;

namespace DaprMoE.Cli;

/// <summary>What is to be simulated.</summary>
/// <param name="Settings">The cell.</param>
/// <param name="Policies">Names of policies.</param>
/// <param name="Seeds">Seeds in a row.</param>
internal sealed record SimulateRequest(SimulationSettings Settings, IReadOnlyList<string> Policies, int Seeds);
