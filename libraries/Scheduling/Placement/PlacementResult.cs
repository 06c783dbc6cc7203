namespace DaprMoE.Scheduling;

/// <summary>Result of a placement besides the plan itself.</summary>
/// <param name="Feasible">Whether every expert that was wanted has a home.</param>
/// <param name="Warm">Replicas kept where they were.</param>
/// <param name="Cold">Replicas to be loaded.</param>
/// <param name="Evicted">Alive previous replicas that are not kept.</param>
/// <param name="Migrations">Sum over experts of min(cold, evicted).</param>
public readonly record struct PlacementResult(bool Feasible, int Warm, int Cold, int Evicted, int Migrations);
