namespace DaprMoE.Scheduling;

/// <summary>Whom a bill is about: one meter counts one model, one window belongs to one policy.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Policy">Name of the policy that decides in this window.</param>
public readonly record struct BillScope(string Model, string Policy);
