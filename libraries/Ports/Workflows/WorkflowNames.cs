namespace DaprMoE.Ports;

/// <summary>Workflows that can be started by those who do not have their code.</summary>
public static class WorkflowNames
{
    /// <summary>Brings a plan that <see cref="RolloutStore"/> keeps into force; its input is <c>{"version": n}</c>.</summary>
    public const string PlanRollout = "PlanRollout";
}
